"""Containers opened: archives, disk images, messages and compound documents become members, within a budget that holds."""
