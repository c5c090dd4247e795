/** How soon after an acceptance its proof in the log is promised by the receipt; the usual wait is under a minute. */
export const receiptPromiseMs = 5 * 60_000;
