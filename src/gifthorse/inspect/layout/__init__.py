"""How a medium is divided: partition tables, filesystems, gaps and tail, every byte accounted for."""
