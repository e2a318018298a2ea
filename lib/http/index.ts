export {
  createOpenHandler,
  createRoomHandler,
  type HttpHandler,
  type RoomPipelineDeps,
} from './pipeline.ts';
export { type OpenRoute, type RoomRoute, type RouteTable, roomRoute } from './route.ts';
