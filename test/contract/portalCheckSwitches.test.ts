import { say } from '../../check/clean';
import { reportOf } from '../../check/report/report';
import { SWITCHES, type Switches } from '../../sandbox/portal';
import { checkSandbox } from './support/portalCheck';

/** What the report says of a conflict when the sandbox takes the other side. */
const OTHER_SIDE: Readonly<Record<string, readonly string[]>> = {
	'telephonyErrorCode ERROR_CORE': ['C01: as the documentation says'],
	'webhookInTelephony allowed': ['C02: webhooks are let in, as the server says'],
	'unbindWithoutHandler all': ['C10: without a name all go, as the documentation says'],
	'callbackScope telephony': [
		'C12: telephony will do, as the documentation says',
		'C14: could not ask: the portal has no method that this access may not call',
	],
	'scopeErrorStatus 403': ['C14: as the documentation says'],
	'callLogInStatistic present': ['C16: CALL_LOG is there, as the documentation says'],
	'nestedBatch run': ['C17: a batch in a batch runs, as the server says'],
	'errorTexts docs': ['C21: as the documentation says'],
	'recordingExtension any': ['C22: capital letters will do, as the documentation says'],
	'webhookErrorStatus 403': ['C26: as the documentation says'],
	'offlineErrorMessageId optional': ['C28: message_id is optional, as the documentation says'],
	'lineUpdateId number': ['C29: the ID is a number, as the documentation says'],
	'tokenScope permissions': ['C30: the permissions, as the documentation says'],
	'refreshTokenDays 180': ['C31: as the documentation of 2026 says'],
	'usedRefreshToken lives': ['C32: a used refresh token lives on; C32: renewing kills the old access token'],
	'accessTokenAfterRenewal lives': ['C32: a used refresh token dies; C32: the old access token lives on'],
	'usedCode lives': ['C33: an expired code is told apart, as the field shows'],
	'bearerHeader ignored': ['C34: only the parameter auth works'],
};

const others = Object.entries(SWITCHES).flatMap(([name, { server, values }]) =>
	(values as readonly unknown[])
		.filter((value) => value !== server)
		.map((value) => ({ name, value, label: `${name} ${String(value)}` })),
);

async function conflictsWith(
	switches: Partial<Switches>,
): Promise<{ portal: string; id: string; differing: string[] }[]> {
	const { rows, left, requests } = await checkSandbox({ write: true, switches });
	const { conflicts } = reportOf(rows, { day: '', way: say`both`, wrote: true, requests, seconds: 0, left });
	const differing = rows
		.filter(({ verdict }) => verdict === 'differs')
		.map(({ subject, id, seen }) => `${subject} ${id}: ${seen}`);
	return conflicts.map(({ id, portal }) => ({ id, portal, differing }));
}

let usual: Awaited<ReturnType<typeof conflictsWith>>;
beforeAll(async () => {
	usual = await conflictsWith({});
});

test('no side is expected of a switch that there is not', () => {
	expect(Object.keys(OTHER_SIDE).filter((label) => !others.some((other) => other.label === label))).toEqual([]);
});

test.each(others)(
	'$label: the report tells the other side, or what cannot be seen from outside',
	async ({ name, value, label }) => {
		const seen = await conflictsWith({ [name]: value });
		const changed = seen
			.filter((entry, index) => entry.portal !== usual[index]?.portal)
			.map(({ id, portal }) => (portal.startsWith(id) ? portal : `${id}: ${portal}`));
		expect(changed).toEqual(OTHER_SIDE[label] ?? []);
		expect(seen[0]?.differing).toEqual([]);
	},
);
