/** @import { Snapshot } from '../../snapshot' */

/**
 * What the sandbox last told this window.
 * @type {{ state: Snapshot | null, receivedAt: number, connected: boolean }}
 */
export const store = { state: null, receivedAt: 0, connected: true };

/** The portal's time in milliseconds; it may run faster than the browser's, or stand elsewhere. */
export function portalNow() {
	return Date.now() + (store.state ? store.state.now - store.receivedAt : 0);
}

/**
 * Follows the sandbox. Changes arrive as server-sent events without content; the snapshot is fetched once for however
 * many of them came meanwhile.
 * @param {(state: Snapshot, before: Snapshot | null) => void} onState called with every new snapshot and the one before
 * @param {() => void} onConnection called when the connection comes or goes
 * @returns a function that fetches the snapshot at once, for what changes without an event
 */
export function follow(onState, onConnection) {
	let busy = false;
	let again = false;
	const load = async () => {
		if (busy) {
			again = true;
			return;
		}
		busy = true;
		try {
			const state = await fetchState();
			const before = store.state;
			Object.assign(store, { state, receivedAt: Date.now() });
			onState(state, before);
		} catch (error) {
			// The event stream notices a lost server as well, and reconnects by itself.
			console.warn(error);
		} finally {
			busy = false;
			if (again) {
				again = false;
				void load();
			}
		}
	};
	/** @param {boolean} connected */
	const connection = (connected) => {
		store.connected = connected;
		onConnection();
	};
	const source = new EventSource('/page/live');
	source.addEventListener('open', () => {
		connection(true);
		void load();
	});
	source.addEventListener('change', () => void load());
	source.addEventListener('error', () => connection(false));
	// A stream of events says nothing for minutes when the network goes; the browser knows at once.
	addEventListener('offline', () => connection(false));
	addEventListener('online', () => {
		connection(true);
		void load();
	});
	return load;
}

/** @returns {Promise<Snapshot>} */
async function fetchState() {
	const response = await fetch('/page/state');
	if (!response.ok) throw new Error(`The sandbox answered ${response.status}`);
	return response.json();
}

/**
 * Sends one wish of the person.
 * @param {string} name of the wish
 * @param {Record<string, unknown>} body
 * @returns {Promise<Record<string, unknown>>} the answer
 * @throws Error with words for the person
 */
export async function send(name, body) {
	const response = await fetch(`/page/do/${name}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const answer = await response.json().catch(() => ({}));
	if (!response.ok) throw new Error(answer.message || answer.error || `The sandbox answered ${response.status}`);
	return answer;
}
