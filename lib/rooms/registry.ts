/** The rooms that this deployment serves. Every other room does not exist for its callers, whatever IVS Chat says. */
export interface RoomRegistry {
  isRegistered(roomId: string): Promise<boolean>;
}

/** A registry that never changes while the function lives. */
export function createFixedRegistry(roomIds: readonly string[]): RoomRegistry {
  const registered = new Set(roomIds);
  return { isRegistered: async (roomId) => registered.has(roomId) };
}
