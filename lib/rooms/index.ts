export { createFixedRegistry, type RoomRegistry } from './registry.ts';
