import { type ChatError, ChatRoom, SendMessageRequest } from 'amazon-ivs-chat-messaging';
import { createTokenProvider, parseDenial } from '../../../lib/client/index.ts';
import { signIn } from './sign-in.ts';

/** Where everything is; the test's server gives it. */
interface PageSettings {
  readonly apiUrl: string;
  readonly messagingUrl: string;
  readonly cognitoEndpoint: string;
  readonly clientId: string;
  readonly roomId: string;
}

function element<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as Kind;
}

const state = element('state');
const messages = element('messages');
const notice = element('notice');

const field = (form: HTMLFormElement, name: string) => String(new FormData(form).get(name));

/** Hands the submitted form over; what the handler rejects with is shown. */
function onSubmit(id: string, handle: (form: HTMLFormElement) => Promise<void>): void {
  const form = element<HTMLFormElement>(id);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    notice.textContent = '';
    handle(form).catch((error: Error) => {
      notice.textContent = error.message;
    });
  });
}

function enter(settings: PageSettings, accessToken: string): ChatRoom {
  const room = new ChatRoom({
    regionOrUrl: settings.messagingUrl,
    tokenProvider: createTokenProvider({
      baseUrl: settings.apiUrl,
      roomId: settings.roomId,
      getAccessToken: () => accessToken,
      onError: ({ code }) => {
        notice.textContent = `no token: ${code}`;
      },
    }),
  });
  room.logLevel = 'error';
  room.addListener('connect', () => {
    state.textContent = 'connected';
  });
  room.addListener('disconnect', (reason) => {
    state.textContent = reason;
  });
  room.addListener('message', ({ id, content }) => {
    const item = document.createElement('li');
    item.dataset.id = id;
    item.textContent = content;
    messages.append(item);
  });
  room.addListener('messageDelete', ({ messageId }) => {
    for (const item of [...messages.children]) {
      if (item instanceof HTMLElement && item.dataset.id === messageId) item.remove();
    }
  });
  room.connect();
  return room;
}

const settings: PageSettings = await (await fetch('/settings.json')).json();
let room: ChatRoom | undefined;

onSubmit('sign-in', async (form) => {
  const credentials = { username: field(form, 'username'), password: field(form, 'password') };
  room = enter(settings, await signIn(settings, credentials));
});

onSubmit('send', async (form) => {
  if (!room) throw new Error('sign in first');
  await room.sendMessage(new SendMessageRequest(field(form, 'content'))).catch((error: ChatError) => {
    const denial = parseDenial(error);
    notice.textContent = denial ? `${error.errorCode} ${denial.code}` : `${error.errorCode}`;
  });
});
