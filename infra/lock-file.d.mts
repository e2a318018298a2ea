/** See lock-file.mjs. */
export function takeLock(path: string): { readonly release: () => void } | { readonly holder: number };
