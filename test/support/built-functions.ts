import { build } from '../../infra/build.ts';

/** Bundles the functions once per vitest process: tests load what would be deployed, not the sources. */
export default async function setup(): Promise<void> {
  if (process.env.ROOMKEEPER_FUNCTIONS_BUILT) return;
  await build();
  process.env.ROOMKEEPER_FUNCTIONS_BUILT = '1';
}
