// The door of LakeSandbox: a lakeFS server that is a value.
//
// `Sandbox` holds everything a server would remember and has one verb, `answer(request, at: now, random:)`. It opens
// no socket, reads no clock and throws no dice: time and randomness come in as arguments, so a test can play a week in
// a millisecond, and a copy of the sandbox is a copy of the server. The shell calls it in its own process, the HTTP
// door (LakeSandboxServer) hands it what comes over a socket; both get the same bytes.
//
// A request walks the same path as in the real server, and in the same order, because the order can be seen from
// outside (a schema error comes before a missing login, a missing permission before a missing user):
//
//     Pipeline/   route -> schema validation -> parameter binding -> authentication
//     Handlers/   one small function an operation, in tables by API area: authorization, names, then the rule
//     Exchange/   what goes between the two: `Exchange` in, `Reply` or `Refusal` out, over a `SandboxState`
//     Model/      the rules themselves as pure structs: directory of users and policies, commit graph, staging
//
// Four servers are imitated. Where they differ only in texts, limits or switches, the difference is data in
// `ServerProfile`; where they differ in kind (who stores users), the profile names the kind and a handler asks for it.
