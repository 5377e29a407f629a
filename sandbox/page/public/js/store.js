/** The latest snapshot of the sandbox, and a way to be told when it changed. */
export const store = { state: null };

/**
 * Follows the sandbox. Changes arrive as server-sent events without content; the snapshot is fetched once for however
 * many of them came meanwhile.
 * @param onState called with every new snapshot and the one before (null at first)
 * @param onConnection called with true or false
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
			const response = await fetch('/page/state');
			if (!response.ok) throw new Error(`The sandbox answered ${response.status}`);
			const before = store.state;
			store.state = await response.json();
			onState(store.state, before);
		} catch {
			// The event stream notices a lost server as well, and reconnects by itself.
		} finally {
			busy = false;
			if (again) {
				again = false;
				void load();
			}
		}
	};
	const source = new EventSource('/page/live');
	source.addEventListener('open', () => {
		onConnection(true);
		void load();
	});
	source.addEventListener('change', () => void load());
	source.addEventListener('error', () => onConnection(false));
	return load;
}

/**
 * Sends one wish of the person.
 * @returns the answer
 * @throws Error with words for the person
 */
export async function send(path, body = {}) {
	const response = await fetch(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const answer = await response.json().catch(() => ({}));
	if (!response.ok) throw new Error(answer.message || answer.error || `The sandbox answered ${response.status}`);
	return answer;
}
