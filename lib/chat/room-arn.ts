/** The account and region that the rooms are in. */
export interface RoomLocation {
  readonly region: string;
  readonly accountId: string;
}

/**
 * The only way to an ARN: built from our own account and region, never taken from a request, so that no caller can name
 * a room elsewhere.
 *
 * @param roomId 12 letters and digits.
 */
export function roomArn({ region, accountId }: RoomLocation, roomId: string): string {
  return `arn:aws:ivschat:${region}:${accountId}:room/${roomId}`;
}
