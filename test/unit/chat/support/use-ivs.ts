import { afterAll, beforeAll } from 'vitest';
import type { ChatService } from '../../../../lib/chat/index.ts';
import { createChat, createClient } from './chat-calls.ts';
import { type IvsServer, startIvsServer } from './ivs-server.ts';

/** The adapter in front of a scripted IVS Chat that lives as long as the tests of the file. */
export interface Ivs {
  readonly server: IvsServer;
  readonly chat: ChatService;
}

/** @returns a function that gives the running server and the adapter (tests are declared before it runs). */
export function useIvs(): () => Ivs {
  let running: Ivs | undefined;
  beforeAll(async () => {
    const server = await startIvsServer();
    running = { server, chat: createChat(createClient(server.origin)) };
  });
  afterAll(async () => running?.server.close());
  return () => {
    if (!running) throw new Error('the scripted IVS Chat is not running yet');
    return running;
  };
}

/** Numbers the rooms, so that each call has one of its own at the server. */
export function createRoomIds(): () => string {
  let rooms = 0;
  return () => `Room${String(rooms++).padStart(8, '0')}`;
}

/** Longer than any call may take. */
export const signal = () => AbortSignal.timeout(8000);
