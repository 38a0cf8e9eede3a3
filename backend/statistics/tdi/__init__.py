"""The national aggregate in the shape of the TDI template: cells of persons, counts, workbook."""
