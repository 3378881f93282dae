"""Official advice about places: files of publishers, read into quotations that say who wrote them, when, and under which licence."""
