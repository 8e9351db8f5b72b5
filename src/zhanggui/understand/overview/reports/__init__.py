"""日报、周报、月报 The report of a day, a week or a month: one spec and one answer for page, message and workbook."""
