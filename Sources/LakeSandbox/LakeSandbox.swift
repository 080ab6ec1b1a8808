// LakeSandbox: a lakeFS server that is a value.
//
// `Sandbox` holds all state of a server and has one function, `answer(request, at: now, random:)`. It opens no socket
// and has no clock and no random generator of its own: time and randomness are arguments. So a test can pass a week in
// a millisecond, and a copy of the sandbox is a copy of the server. The shell calls it in its own process; the HTTP
// server (LakeSandboxServer) passes on what it receives from a socket. Both get the same bytes.
//
// A request takes the same steps as in the real server, in the same order, since the order is visible from outside (a
// schema error comes before a missing login, a missing permission before a missing user):
//
//     Pipeline/   route -> schema validation -> parameter binding -> authentication
//     Handlers/   tables by API area: each operation's permissions, checks and rule
//     Exchange/   input and output of a handler: `Exchange`, `Reply`, the `SandboxState`; authorization
//     Model/      the rules as pure structs: directory of users and policies, commit graph, staging; their `Fault`
//
// It imitates four servers. Differences in texts, limits or switches are data in `ServerProfile`. For differences in
// kind (which store keeps the users) the profile names the kind, and the handlers branch on it.
