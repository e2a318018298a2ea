import { ServerlessFileError } from './document.ts';

/** How many events a function may handle at once, and for how many it is kept ready. */
export interface Concurrency {
  /** 0 handles none. Null: any number. */
  readonly reservedConcurrency: number | null;
  readonly provisionedConcurrency: number;
}

/**
 * @param own a function's resolved value by its key.
 * @throws ServerlessFileError for what is no number of instances, and for more provisioned than reserved ones, which Lambda
 *   does not take (Lambda developer guide, "Configuring provisioned concurrency").
 */
export function readConcurrency(own: (key: string) => unknown, subject: string): Concurrency {
  const count = (key: string) => {
    const value = own(key) ?? null;
    if (value === null) return null;
    // Parameters are texts. An empty one is not 0, which would stop the function.
    if (/^\d+$/.test(String(value))) return Number(value);
    throw new ServerlessFileError(`${subject}, ${key}: must be a whole number from 0`);
  };
  const reservedConcurrency = count('reservedConcurrency');
  const provisionedConcurrency = count('provisionedConcurrency') ?? 0;
  if (reservedConcurrency !== null && provisionedConcurrency > reservedConcurrency) {
    throw new ServerlessFileError(
      `${subject}, provisionedConcurrency: must not be more than reservedConcurrency`,
    );
  }
  return { reservedConcurrency, provisionedConcurrency };
}
