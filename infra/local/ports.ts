/** Ports of the local stack, in the order of their offsets from the base. The last two belong to parts that come later. */
const OFFSETS = {
  gateway: 0,
  ivsChat: 1,
  messaging: 2,
  cognito: 3,
  dynamodb: 4,
  lambda: 5,
  control: 6,
} as const;

export type Ports = Readonly<Record<keyof typeof OFFSETS, number>>;

/**
 * @param base first port; 0 lets the system choose any free port for each.
 * @throws RangeError when the ports would not fit below 65536.
 */
export function portsFrom(base: number): Ports {
  const highest = Math.max(...Object.values(OFFSETS));
  if (!Number.isInteger(base) || base < 0 || base + highest > 65_535) {
    throw new RangeError(`the port base must be 0 or a port up to ${65_535 - highest}`);
  }
  const entries = Object.entries(OFFSETS).map(([name, offset]) => [name, base === 0 ? 0 : base + offset]);
  return Object.fromEntries(entries) as Ports;
}
