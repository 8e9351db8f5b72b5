import type { problems as zh } from '../zh/problems'

/** The same problems in English. */
export const problems: Record<keyof typeof zh, string> = {
  'problem.offline': 'Zhanggui does not answer. Check that zhanggui serve is still running, then try again.',
  'problem.empty_file': 'This file is empty. Export it from the platform again.',
  'problem.no_header': 'No header row was found. Check that the first sheet holds column names.',
  'problem.truncated_file': 'The file is incomplete, perhaps not fully downloaded. Download it again.',
  'problem.unreadable_file':
    'The file cannot be read. Check that a spreadsheet opens it, save it again and drop it here.',
  'problem.password_protected': 'The file has a password. Save it without one.',
  'problem.unknown_format':
    'The format of this file is not known. Write a map for it, or export it another way.',
  'problem.unknown_header': 'Some columns are not known. Check their names.',
  'problem.unknown_sheet': 'The file lacks the sheet that the map names.',
  'problem.archive_refused': 'The archive was refused: too large, too deep, or odd inside. Unpack it first.',
  'problem.too_large': 'The file is larger than allowed. Split it.',
  'problem.upload_too_large': 'The file is larger than allowed. Split it.',
  'problem.upload_broken': 'The transfer broke off. Drop the file again.',
  'problem.too_many_columns': 'The file has more columns than allowed. Check that it is an order report.',
  'problem.map_invalid': 'The map is not written correctly. Change it as said below and read the file again.',
  'problem.map_does_not_fit': 'The map does not fit this file. Check the column names and read it again.',
  'problem.excess_digits':
    'Amounts have more decimals than the currency allows. Check whether the file was changed.',
  'problem.store_ambiguous': 'Several stores fit; say which one.',
  'problem.store_mismatch': 'Order numbers clash with this store; the file may belong to another one.',
  'problem.store_name_taken': 'This store name is in use. Choose another name, or the existing store.',
  'problem.unknown_store': 'There is no such store.',
  'problem.ledger_busy': 'The ledger is being written. Wait a moment and try again.',
  'problem.shop_busy': "Another program is using this shop's ledger. Close it and try again.",
  'problem.interrupted': 'The job was interrupted and the ledger is unchanged. Start it again.',
  'problem.job_cancelled': 'The job was cancelled and the ledger is unchanged.',
  'problem.job_lost': 'The job was lost on the way and the ledger is unchanged. Start it again.',
  'problem.not_found': 'There is nothing at this address.',
  'problem.unknown_metric': 'There is no such metric. Press / to search those there are.',
  'problem.unknown_batch': 'There is no such file. It may have been moved.',
  'problem.source_row_missing': 'This file has no such row.',
  'problem.raw_file_missing': 'The stored original is missing. Restore it from a backup.',
  'problem.raw_file_damaged': 'The stored original is damaged. Restore it from a backup.',
  'problem.bad_filter': 'This filter cannot be understood. Reset the filters and try again.',
  'problem.bad_choice': 'A filter in the address cannot be understood. Reset the filters and try again.',
  'problem.bad_request': 'The request cannot be understood. Check what was entered and try again.',
  'problem.backward_period': 'The last day lies before the first. Change the dates.',
  'problem.cannot_split': 'This metric cannot be split this way.',
  'problem.token_missing': 'The page is out of date. Reload it and try again.',
  'problem.unexpected':
    'Something went wrong inside the program; the data is not affected. Try again; if it stays, tell the maintainers.',
  'problem.internal':
    'Something went wrong inside the program; the data is not affected. Try again; if it stays, tell the maintainers.',
}
