/** One line of a function's log. Values are ours (codes, routes, numbers, ids that AWS made): never what a client sent. */
export type LogEntry = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Writes an entry as one line of JSON. CloudWatch Logs adds the time. */
export type Log = (entry: LogEntry) => void;

/** Writes to standard output, as Lambda expects. */
export const writeLog: Log = (entry) => console.log(JSON.stringify(entry));
