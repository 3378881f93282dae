"""Functions of the reports that take an actor and are reached through another row of the matrix; (module, function)."""

REACHED_THROUGH: set[tuple[str, str]] = {
    ("check_invitation", "check_invitation"),
    ("choosing_by_name", "contacts_called"),  # rows of view-contacts and view-people, tried in test_choosing_by_name.py
    ("choosing_by_name", "people_called"),
    ("choosing_by_name", "written_contact"),
    ("found_reports", "reports"),
    ("held_mails", "held_at_all"),
    ("looks", "looks_at_me"),
    ("reading_reports", "counted_for"),
    ("reading_reports", "readable"),
    ("reading_reports", "report_and_relation"),
    ("reading_reports", "sealed_to"),
    ("reading_reports", "sealed_to_others"),
    ("report_board", "report_board"),
    ("tell", "keep_report"),
    ("tellers", "allowed_for"),
    ("tellers", "colleagues_of"),
    ("view_enclosure", "hand_out"),
    ("view_favours", "favour_of"),
    ("view_report", "reports_for"),
}
