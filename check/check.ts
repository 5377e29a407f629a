import { ask, unasked } from './ask';
import { join, say, wordsOf, type Clean } from './clean';
import type { Portal } from './access/portal';
import type { Allowed, Connection, Known, Question, Run } from './question';
import { lastQuestions, questions } from './questions';
import type { Row } from './report/row';
import { Traces } from './traces';
import type { Answer } from './wire';

/** The portal does not let anybody in with this access. Its text can be read by everybody. */
export class Refused extends Error {
	constructor(readonly reason: Clean) {
		super(reason);
	}
}

/** What a check is made with. */
export interface CheckOptions {
	readonly portal: Portal;
	readonly connection?: Connection;
	readonly allowed: Allowed;
	/** A text that no earlier run had. */
	readonly mark: string;
	/** Ends the questions; what was made is cleaned up all the same. */
	readonly stopped: AbortSignal;
	/** Is told how many questions of how many are through. */
	readonly progress?: (done: number, all: number) => void;
}

/** What came of a check. */
export interface Findings {
	readonly rows: readonly Row[];
	/** What could not be cleaned up. */
	readonly left: readonly Clean[];
}

/** How often in a row nobody may answer before the rest is given up. */
const SILENCES = 3;

/**
 * Asks a portal everything, and cleans up.
 * @throws Refused when it lets nobody in with this access, NoAnswer when nobody answers at all
 */
export async function check(options: CheckOptions): Promise<Findings> {
	const { stopped, allowed, connection, mark } = options;
	const known = await meet(options.portal);
	const traces = new Traces(known.userId);
	let silences = 0;
	const portal = options.portal.watched((method, parameters, answer) => {
		silences = answer === undefined ? silences + 1 : 0;
		traces.note(method, parameters, answer);
	});
	const run: Run = {
		portal,
		known,
		allowed,
		mark,
		notes: new Map(),
		...(connection === undefined ? {} : { connection }),
	};
	const rows: Row[] = [];
	const all = questions.length + lastQuestions.length;
	let done = 0;
	const askAll = async (some: readonly Question[]): Promise<void> => {
		for (const question of some) {
			const ended = stopped.aborted
				? say`the check was interrupted`
				: silences >= SILENCES
					? say`the portal stopped answering`
					: undefined;
			rows.push(...(ended === undefined ? await ask(question, run) : unasked(question, ended)));
			done += 1;
			options.progress?.(done, all);
		}
	};
	try {
		await askAll(questions);
	} finally {
		// Whatever happened: nothing of it may stay.
		await traces.clean(portal);
	}
	await askAll(lastQuestions);
	return { rows, left: traces.left };
}

/**
 * Finds out who the access belongs to and how the portal takes a token. [C34]
 * @throws Refused, NoAnswer
 */
export async function meet(portal: Portal): Promise<Known> {
	let profile = await portal.call('profile');
	if (profile.status === 401 && portal.access.token !== undefined) {
		portal.place = 'auth';
		profile = await portal.call('profile');
	}
	const { result } = profile.body;
	if (profile.status !== 200 || typeof result !== 'object' || result === null || !('ID' in result))
		throw new Refused(reasonOf(profile));
	const scope = await portal.call('scope');
	const scopes = Array.isArray(scope.body.result) ? scope.body.result.filter((name) => typeof name === 'string') : [];
	return { userId: String(result.ID), isAdmin: 'ADMIN' in result && result.ADMIN === true, scopes };
}

function reasonOf({ status, body }: Answer): Clean {
	if (status >= 300 && status < 400) return say`The portal has moved (status ${status}). Give its present address.`;
	if (body.error === undefined)
		return say`This is no Bitrix24 portal: /rest/ answers ${status} without Bitrix24's JSON. Check --portal.`;
	const said = join([say`${status}`, wordsOf(body.error), wordsOf(body.error_description)], say` `);
	return say`The portal refused the access: ${said}. Check that the webhook or the token belongs to this portal and is not out of date.`;
}
