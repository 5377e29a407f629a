import type { HttpAnswer } from '../../../bitrix24/http';
import { renewedMeanwhile } from '../../../nodes/common/renewed';
import { VirtualTime } from '../../support/virtualTime';

const ANSWER: HttpAnswer = { status: 200, body: { result: true } };
const refused = (code: string): HttpAnswer => ({ status: 0, reason: 'credential', text: 'refused', code });

/** Sends answers one after the other, while n8n keeps tokens that change at given times in milliseconds. */
async function sent(
	answers: HttpAnswer[],
	tokens: [at: number, token: string][],
): Promise<{ answer: HttpAnswer; sends: number; ms: number }> {
	const time = new VirtualTime();
	const start = time.now();
	const passed = (): number => time.now() - start;
	let sends = 0;
	const stored = {
		token: 'old',
		read: () => Promise.resolve(tokens.filter(([at]) => at <= passed()).at(-1)?.[1] ?? 'old'),
		now: () => time.now(),
		sleep: async (milliseconds: number) => await time.sleep(milliseconds),
	};
	const send = (): Promise<HttpAnswer> => Promise.resolve(answers[sends++] ?? ANSWER);
	const answer = await time.until(renewedMeanwhile(stored, send));
	return { answer, sends, ms: passed() };
}

it.each(['invalid_grant', 'expired_token'])(
	'sends again with the token that another execution got: %s',
	async (code) => {
		expect(await sent([refused(code), ANSWER], [[0, 'new']])).toEqual({ answer: ANSWER, sends: 2, ms: 0 });
	},
);

it.each([
	'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, or',
	'The refresh token provided has expired.',
])('knows the refusal by its words where n8n keeps no code: %s', async (text) => {
	expect(await sent([{ status: 0, reason: 'credential', text, code: '' }, ANSWER], [[0, 'new']])).toMatchObject({
		answer: ANSWER,
		sends: 2,
	});
});

it('waits until n8n keeps the new token', async () => {
	expect(await sent([refused('invalid_grant'), ANSWER], [[1100, 'new']])).toEqual({
		answer: ANSWER,
		sends: 2,
		ms: 1250,
	});
});

it('gives up when no other token turns up within three seconds', async () => {
	expect(await sent([refused('invalid_grant')], [[3300, 'late']])).toEqual({
		answer: refused('invalid_grant'),
		sends: 1,
		ms: 3000,
	});
});

it('does not take the credential without a token for a new one', async () => {
	expect(await sent([refused('invalid_grant')], [[0, '']])).toMatchObject({ sends: 1 });
});

it('does not send again for the token that was refused already', async () => {
	expect(await sent([refused('invalid_grant'), refused('invalid_grant')], [[0, 'new']])).toMatchObject({
		answer: refused('invalid_grant'),
		sends: 2,
	});
	expect(
		await sent(
			[refused('invalid_grant'), refused('invalid_grant'), ANSWER],
			[
				[0, 'new'],
				[1000, 'newer'],
			],
		),
	).toMatchObject({ answer: ANSWER, sends: 3 });
});

it.each<HttpAnswer>([
	ANSWER,
	refused('NOT_INSTALLED'),
	refused('invalid_client'),
	{ status: 0, reason: 'unreachable', text: 'no network' },
	{ status: 401, body: { error: 'invalid_token' } },
])('leaves %j alone', async (answer) => {
	expect(await sent([answer], [[0, 'new']])).toEqual({ answer, sends: 1, ms: 0 });
});
