/** The part of dynalite 4 that the stand-in uses; the package ships no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** LevelDB folder; in memory without it. */
    readonly path?: string;
    /** How long a table stays CREATING, DELETING, UPDATING, in milliseconds. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  /** @returns a server that is not listening yet; its `close` also closes the store. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
