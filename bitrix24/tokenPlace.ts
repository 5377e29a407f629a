/**
 * Where a request carries its token: the header `Authorization: Bearer`, or the parameter `auth` of the body. The
 * server's source takes the header first; every client seen in the field sends `auth`, and no captured call shows the
 * header (conflict C34 of the contract data).
 */
export type Place = 'header' | 'auth';

/**
 * What an answer tells about the place.
 * - `seen`: the portal found the token there, whatever it thinks of it.
 * - `unseen`: it found none.
 * - `silent`: it never came to look, or nobody answered.
 */
export type Sight = 'seen' | 'unseen' | 'silent';

/**
 * Reads from an answer whether the portal found the token. The token is looked at after the method's name and before
 * anything runs (rest.php).
 */
export function sightOf(status: number, code: unknown): Sight {
	if (code === 'NO_AUTH_FOUND') return 'unseen';
	const isRead = status === 401 && typeof code === 'string';
	return isRead || (status >= 200 && status < 300) ? 'seen' : 'silent';
}

/**
 * Where one portal looks for the token. It is learned from its answers, and learned again when the portal changes its
 * mind.
 */
export class TokenPlace {
	private place: Place | undefined;
	private learning: Promise<unknown> | undefined;

	/**
	 * @param patience ends when nobody need wait any longer for the first answer. A portal says at once that it found no
	 *   token; one that takes its time has found it and works.
	 */
	constructor(private readonly patience: () => Promise<unknown>) {}

	/** The place that works; undefined until the portal has answered. */
	get known(): Place | undefined {
		return this.place;
	}

	/**
	 * Sends one request, and once more with the token elsewhere when the portal found none. Of many at the first contact
	 * one learns, and the others follow.
	 *
	 * @param send sends it with the token there. Must not throw.
	 * @param sight what the answer tells about the place.
	 */
	async send<Answer>(send: (place: Place) => Promise<Answer>, sight: (answer: Answer) => Sight): Promise<Answer> {
		if (this.place) return await this.attempt(send, sight);
		if (this.learning) {
			await Promise.race([this.learning, this.patience()]);
			return await this.attempt(send, sight);
		}
		const learned = this.attempt(send, sight);
		this.learning = learned;
		try {
			return await learned;
		} finally {
			this.learning = undefined;
		}
	}

	private async attempt<Answer>(
		send: (place: Place) => Promise<Answer>,
		sight: (answer: Answer) => Sight,
	): Promise<Answer> {
		const first = this.place ?? 'header';
		const answer = await send(first);
		const seen = sight(answer);
		if (seen !== 'unseen') return this.learn(first, seen, answer);
		const second = first === 'header' ? 'auth' : 'header';
		const repeated = await send(second);
		return this.learn(second, sight(repeated), repeated);
	}

	private learn<Answer>(place: Place, sight: Sight, answer: Answer): Answer {
		if (sight === 'seen') this.place = place;
		return answer;
	}
}
