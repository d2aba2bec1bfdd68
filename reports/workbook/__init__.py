"""The report as a workbook: its tables, and the expected-value case as live formulas."""
