"""What can be wrong with a clinic file, as errors a person can act on."""

from ketadesk.domain.errors import KnownError


class StoreError(KnownError):
    """The clinic file could not be opened, read or written; what was there is untouched.

    Codes: not_a_database, newer_file, not_a_clinic_file, file_missing, folder_missing,
    no_permission, read_only, disk_full, disk_failing, file_busy, file_damaged, file_unusable,
    file_moved, file_empty, file_set_aside, name_unusable, sqlite_too_old.
    """
