"""Documents taken apart: compound files, office packages, macros, PDF objects, mails. Plain facts for the detectors, no opinions."""
