/// The operations and elements of each release of lakeFS, as data: the one source for refusals, help, requests and the
/// sandbox.
///
/// It was made from the API specifications of 160 releases, 0.85.0 to 1.84.0; a test compares it with
/// `Tests/Fixtures/since.json` in both directions. An operation is listed with the releases that have it, followed by
/// the elements that were added or removed independently: kind, releases, names. Elements that are not listed are as
/// old as their operation. Releases are ranges separated by commas: `1.7.0-` and later, `-0.110.0` and earlier,
/// `0.98.0` alone, `-` for all.
///
/// The table also has the operations that were added and removed between the releases of which the catalogue is made,
/// by their names in the specification. `required` lists fields that were required, `success` statuses, `answer` fields
/// of answers.
///
/// It is parsed on first use, so a start that does not need it does not pay for it.
enum ReleaseTable {
    /// The table's entry for an operation.
    struct Entry {
        let releases: Releases
        var elements: [(element: Operation.Element, releases: Releases)] = []
    }

    /// Finds the entry of an operation; nil if it has none.
    static subscript(name: String) -> Entry? { entries[name] }

    /// The operations in the table.
    static var names: [String] { Array(entries.keys) }

    private static let entries: [String: Entry] = text.utf8.withContiguousStorageIfAvailable(parse) ?? [:]

    private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> [String: Entry] {
        var entries: [String: Entry] = [:]
        var (name, entry) = ("", Entry(releases: .all))
        entries.reserveCapacity(160)
        // One array for all lines: an array for each would be a third of the work.
        var words: [Slice<UnsafeBufferPointer<UInt8>>] = []
        for line in text.split(separator: UInt8(ascii: "\n")) {
            words.removeAll(keepingCapacity: true)
            var rest = line
            while !rest.isEmpty {
                let end = rest.firstIndex(of: UInt8(ascii: " ")) ?? rest.endIndex
                if end > rest.startIndex { words.append(rest[..<end]) }
                rest = rest[min(end + 1, rest.endIndex)...]
            }
            guard words.count > 1, let releases = Releases(utf8: words[1]) else { continue }
            let first = String(decoding: words[0], as: UTF8.self)
            if line.first != UInt8(ascii: " ") {
                entries[name] = entry
                (name, entry) = (first, Entry(releases: releases))
            } else if let kind = Operation.Element.Kind(rawValue: first) {
                for word in words.dropFirst(2) {
                    let element = Operation.Element(kind, String(decoding: word, as: UTF8.self))
                    entry.elements.append((element, releases))
                }
            }
        }
        entries[name] = entry
        entries[""] = nil
        return entries
    }

    private static let text = """
        abort_presign_multipart_upload 1.7.0-
        add_group_membership -
        attach_policy_to_group -
        attach_policy_to_user -
        cherry_pick 0.97.0-
          body 1.26.0- commit_overrides commit_overrides.message commit_overrides.metadata
          body 1.5.0- force
          answer 1.9.0- generation version
        commit -
          body 1.6.0- allow_empty
          body 1.5.0- force
          answer 1.9.0- generation version
        commitAsync 1.74.0-1.80.0
        commitAsyncStatus 1.74.0-1.80.0
        complete_presign_multipart_upload 1.7.0-
        copy_object 0.90.0-
          body 1.5.0- force
          body 1.79.0- shallow
          answer 0.105.0- physical_address_expiry
        create_branch -
          body 1.5.0- force
          body 1.44.0- hidden
        create_branch_protection_rule -0.110.0
        create_branch_protection_rule_preflight 0.102.0-
        create_commit_record 1.9.0-
        create_credentials -
        create_group -
          body 1.48.0- description
          answer 1.48.0- description
          answer 1.9.0- name
        create_meta_range -0.110.0
        create_policy -
          body 1.71.0- statement[].condition
          answer 1.71.0- statement[].condition
        create_presign_multipart_upload 1.7.0-
        create_pull_request 1.35.0-
          required 1.35.0 description
          answer 1.36.0- id
        create_repository -
          body 1.5.0- read_only
          body 0.100.0- sample_data
          body 1.49.0- storage_id
          answer 1.5.0- read_only
          answer 1.49.0- storage_id
        create_symlink_file -
        create_tag -
          body 1.5.0- force
        create_user -
          answer -0.109.0,0.111.1- email
        create_user_external_principal 1.14.0-
          path 1.14.0 /auth/users/{userId}/external/principal/{principalId}
          path 1.14.1- /auth/users/{userId}/external/principals
          query 1.14.1- principalId
        delete_branch -
          query 1.5.0- force
        delete_branch_protection_rule -0.110.0
        delete_credentials -
        delete_garbage_collection_rules -0.110.0
        delete_gc_rules 0.111.0-
        delete_group -
        delete_group_membership -
        delete_object -
          query 1.5.0- force
          query 1.67.0- no_tombstone
        delete_objects -
          query 1.5.0- force
          query 1.67.0- no_tombstone
        delete_policy -
        delete_repository -
          query 1.5.0- force
        delete_repository_metadata 1.8.0-
        delete_tag -
          query 1.5.0- force
        delete_user -
        delete_user_external_principal 1.14.0-
          path 1.14.0 /auth/users/{userId}/external/principal/{principalId}
          path 1.14.1- /auth/users/{userId}/external/principals
          query 1.14.1- principalId
        detach_policy_from_group -
        detach_policy_from_user -
        diff_branch -
          answer 1.62.0- results[].right results[].right.checksum results[].right.content_type results[].right.metadata
          answer 1.62.0- results[].right.mtime
        diff_refs -
          query 1.62.0- include_right_stats
          answer 1.62.0- results[].right results[].right.checksum results[].right.content_type results[].right.metadata
          answer 1.62.0- results[].right.mtime
        dump_refs -
        dump_status 1.3.0-
        dump_submit 1.3.0-
        expand_template -0.109.0
        external_principal_login 1.18.0-
        find_merge_base 0.94.1-
        forgot_password -0.109.0
        getLicense 1.55.0-1.80.0
        getOtfDiffs 0.98.0-1.9.1
        getTokenFromMailbox 1.73.0-1.80.0
        getTokenRedirect 1.73.0-1.80.0
        getUserExternalPrincipal 1.14.0
        get_auth_capabilities -
        get_branch -
        get_branch_protection_rules -
          path -0.110.0 /repositories/{repository}/branch_protection
          path 0.111.0- /repositories/{repository}/settings/branch_protection
        get_commit -
          answer 1.9.0- generation version
        get_config 0.111.0-
          answer 1.74.1- capabilities_config
          answer 1.74.1-1.80.0 capabilities_config.async_ops
          answer 1.49.0- storage_config.blockstore_description storage_config.blockstore_id storage_config_list
          answer 1.49.0- storage_config_list[].blockstore_description storage_config_list[].blockstore_id
          answer 1.49.0- storage_config_list[].blockstore_namespace_ValidityRegex
          answer 1.49.0- storage_config_list[].blockstore_namespace_example storage_config_list[].blockstore_type
          answer 1.49.0- storage_config_list[].default_namespace_prefix storage_config_list[].import_support
          answer 1.49.0- storage_config_list[].import_validity_regex storage_config_list[].pre_sign_multipart_upload
          answer 1.49.0- storage_config_list[].pre_sign_support storage_config_list[].pre_sign_support_ui
          answer 1.49.0-1.49.1 storage_config.blockstore_extras storage_config_list[].blockstore_extras
          answer 1.7.0- storage_config.pre_sign_multipart_upload
          answer 1.65.0- ui_config ui_config.custom_viewers ui_config.custom_viewers[].content_types
          answer 1.65.0- ui_config.custom_viewers[].extensions ui_config.custom_viewers[].name
          answer 1.65.0- ui_config.custom_viewers[].url
          answer 1.57.0- version_config.version_context
        get_credentials -
        get_current_user -
          answer -0.109.0,0.111.1- user.email
        get_external_principal 1.14.1-
        get_garbage_collection_config 0.90.0-
        get_garbage_collection_rules -0.110.0
        get_gc_rules 0.111.0-
        get_group -
          answer 1.48.0- description
          answer 1.9.0- name
        get_group_acl 0.98.0-
          answer 0.98.0 all_repositories repositories
        get_lake_fs_version -
          answer 0.98.0- latest_version
          answer 1.57.0- version_context
        get_meta_range -
        get_metadata_object 1.25.0-
        get_object -
          query 0.90.0- presign
          header 1.13.0- If-None-Match
          header 0.86.0- Range
          success 0.86.0- 206
        get_physical_address -
          query 0.90.0- presign
          answer 0.90.0- presigned_url
          answer 0.105.0- presigned_url_expiry
          answer -0.111.1 token
        get_policy -
          answer 1.71.0- statement[].condition
        get_pull_request 1.35.0-
          answer 1.36.0- closed_date
        get_range -
        get_repository -
          answer 1.5.0- read_only
          answer 1.49.0- storage_id
        get_repository_metadata 0.104.0-
        get_run -
        get_run_hook_output -
        get_setup_state -
          answer 0.105.0- comm_prefs_missing
          answer 0.92.0- login_config login_config.RBAC
          answer 0.93.0- login_config.fallback_login_label login_config.fallback_login_url
          answer 0.93.0- login_config.login_cookie_names login_config.login_failed_message login_config.login_url
          answer 0.93.0- login_config.logout_url
          answer 1.66.0- login_config.login_url_method
          answer 1.49.0- login_config.password_ui_placeholder login_config.username_ui_placeholder
          answer -0.93.0 oidc_default_login oidc_enabled
        get_storage_config -
          answer 1.49.0- blockstore_description blockstore_id
          answer 1.49.0-1.49.1 blockstore_extras
          answer 0.94.0- import_support
          answer 0.108.0- import_validity_regex
          answer 1.7.0- pre_sign_multipart_upload
          answer 0.91.0- pre_sign_support
          answer 0.97.0-0.102.1 pre_sign_support_UI
          answer 0.102.2- pre_sign_support_ui
        get_tag -
        get_underlying_properties -
        get_usage_report_summary 1.8.0-
        get_user -
          answer -0.109.0,0.111.1- email
        hard_reset_branch 1.8.0-
        head_object 0.88.0-
        health_check -
        import_cancel 0.101.0-
        import_start 0.101.0-
          body 1.6.0- commit.allow_empty
          body 1.5.0- commit.force force
        import_status 0.101.0-
          answer 1.9.0- commit.generation commit.version
          answer 0.101.0 import_branch
        ingest_range -0.110.0
          body 0.98.0-0.110.0 staging_token
          answer 0.98.0-0.110.0 pagination.staging_token
        internal_create_branch_protection_rule 0.111.0-
        internal_delete_branch_protection_rule 0.111.0-
        internal_delete_garbage_collection_rules 0.111.0-
        internal_get_branch_protection_rules 0.111.0-
        internal_get_garbage_collection_rules 0.111.0-
        internal_set_garbage_collection_rules 0.111.0-
        link_physical_address -
          header 1.71.0- If-Match
          header 1.12.0- If-None-Match
          body 1.5.0- force
          body 1.42.0- mtime
          body 0.90.0- staging.presigned_url
          body 0.105.0- staging.presigned_url_expiry
          body -0.111.1 staging.token
          required -0.111.1 staging.token
          answer 0.105.0- physical_address_expiry
        list_branches -
          query 1.44.0- show_hidden
        list_group_members -
          answer -0.109.0,0.111.1- results[].email
        list_group_policies -
          answer 1.71.0- results[].statement[].condition
        list_groups -
          answer 1.48.0- results[].description
          answer 1.9.0- results[].name
        list_objects -
          query 0.90.0- presign
          answer 0.105.0- results[].physical_address_expiry
        list_policies -
          answer 1.71.0- results[].statement[].condition
        list_pull_requests 1.35.0-
          answer 1.36.0- results[].closed_date
        list_repositories -
          query 1.46.0- search
          answer 1.5.0- results[].read_only
          answer 1.49.0- results[].storage_id
        list_repository_runs -
        list_run_hooks -
        list_tags -
        list_user_credentials -
        list_user_external_principals 1.14.0-
          path 1.14.0 /auth/users/{userId}/external/principals
          path 1.14.1- /auth/users/{userId}/external/principals/ls
        list_user_groups -
          answer 1.48.0- results[].description
          answer 1.9.0- results[].name
        list_user_policies -
          answer 1.71.0- results[].statement[].condition
        list_users -
          answer -0.109.0,0.111.1- results[].email
        log_branch_commits -0.108.0
        log_commits -
          query 0.99.1- first_parent
          query 1.1.0- since
          query 1.5.0- stop_at
          answer 1.9.0- results[].generation results[].version
        login -
        mergeIntoBranchAsync 1.74.0-1.80.0
        mergeIntoBranchAsyncStatus 1.74.0-1.80.0
        merge_into_branch -
          body 1.25.0- allow_empty
          body 1.5.0- force
          body 1.48.0- squash_merge
          answer -0.101.0 summary summary.added summary.changed summary.conflict summary.removed
        merge_pull_request 1.36.0-
        oauth_callback -0.93.0,1.57.0-
        otfDiff 0.94.0-1.9.1
        post_stats_events 0.89.0-
        prepare_garbage_collection_commits -
          content -0.110.0 application/json
          body -0.110.0 previous_run_id
          answer 0.100.0- gc_commits_presigned_url
        prepare_garbage_collection_commits_async 1.72.0-
        prepare_garbage_collection_commits_status 1.72.0-
        prepare_garbage_collection_uncommitted -
        pullIcebergTable 1.72.0-1.80.0
          body 1.73.0-1.80.0 create_namespace force_update
        pushIcebergTable 1.72.0-1.80.0
        releaseTokenToMailbox 1.73.0-1.80.0
        reset_branch -
          body 1.5.0- force
        restore_refs -
          body 1.5.0- force
        restore_status 1.3.0-
        restore_submit 1.3.0-
          body 1.5.0- force
        revert_branch -
          body 1.11.0- allow_empty
          body 1.26.0- commit_overrides commit_overrides.message commit_overrides.metadata
          body 1.5.0- force
        set_branch_protection_rules 0.111.0-
        set_garbage_collection_rules -0.110.0
        set_garbage_collection_rules_preflight 0.102.0-
        set_gc_rules 0.111.0-
        set_group_acl 0.98.0-
          body 0.98.0 all_repositories repositories
        set_repository_metadata 1.8.0-
        setup -
          body 1.80.0- companyName email featureUpdates firstName lastName securityUpdates
        setup_comm_prefs 0.87.0-
          body 1.80.0- companyName firstName lastName
          answer 0.87.0-0.104.0 nextStep
        stage_object -
          body 1.5.0- force
          answer 0.105.0- physical_address_expiry
        stat_object -
          query 0.90.0- presign
          answer 0.105.0- physical_address_expiry
        sts_login 1.15.0-
          body 1.16.0- ttl_seconds
        updateBranchToken 0.98.0-0.110.0
        update_object_user_metadata 1.37.0-
        update_password -0.109.0
        update_policy -
          body 1.71.0- statement[].condition
          answer 1.71.0- statement[].condition
        update_pull_request 1.35.0-
        upload_object -
          query 1.5.0- force
          header 1.71.0- If-Match
          content 0.110.0- application/octet-stream
          answer 0.105.0- physical_address_expiry
        upload_object_preflight 0.102.0-
        upload_part 1.55.0-
        upload_part_copy 1.55.0-
        """
}
