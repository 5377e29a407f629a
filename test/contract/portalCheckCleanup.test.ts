import type { WireRequest, Answer, Send } from '../../check/wire';
import { NoAnswer } from '../../check/wire';
import { say } from '../../check/clean';
import { CheckedSandbox, HANDLER } from './support/portalCheck';

const isCall =
	(method: string) =>
	({ url }: WireRequest): boolean =>
		url.endsWith(`/${method}`);

/** What of the check is in the sandbox. */
function traces({ portal: { state } }: CheckedSandbox): { lines: number; calls: number; handlers: number } {
	return {
		lines: state.lines.filter(({ number }) => number.startsWith('portal-check')).length,
		calls: state.calls.size,
		handlers: state.handlers.filter(({ handler }) => handler === HANDLER).length,
	};
}

const NOTHING = { lines: 0, calls: 0, handlers: 0 };

/** Makes a check and looks what is left when it is over. */
async function checkWith(between: (send: Send) => Send, stop = new AbortController()) {
	const sandbox = await CheckedSandbox.open({ write: true, between });
	try {
		const { left, rows } = await sandbox.check({ stopped: stop.signal });
		return { left, rows, there: traces(sandbox), requests: sandbox.requests };
	} finally {
		await sandbox.close();
	}
}

test('what is made is removed', async () => {
	const made: string[] = [];
	const { left, there } = await checkWith((send) => async (request) => {
		const answer = await send(request);
		if (answer.status === 200 && /(register|externalLine\.add|event\.bind)$/.test(request.url))
			made.push(/\w+\.\w+$/.exec(request.url)?.[0] ?? '');
		return answer;
	});
	expect(new Set(made)).toEqual(new Set(['externalCall.register', 'externalLine.add', 'event.bind']));
	expect({ left, there }).toEqual({ left: [], there: NOTHING });
});

test.each(['telephony.externalLine.add', 'event.bind', 'telephony.externalCall.register'])(
	'it is removed when the person stops the check right after %s',
	async (method) => {
		const stop = new AbortController();
		const { left, there, rows } = await checkWith(
			(send) => async (request) => {
				const answer = await send(request);
				if (isCall(method)(request) && answer.status === 200) stop.abort();
				return answer;
			},
			stop,
		);
		expect({ left, there }).toEqual({ left: [], there: NOTHING });
		expect(rows.filter(({ reason }) => reason === 'the check was interrupted').length).toBeGreaterThan(0);
	},
);

test.each(['telephony.externalLine.delete', 'event.unbind', 'telephony.externalCall.finish'])(
	'it is removed when %s fails once',
	async (method) => {
		let failed = false;
		const { left, there } = await checkWith((send) => async (request) => {
			// The first one that the check itself must repeat: it carries something of the check.
			if (
				!failed &&
				isCall(method)(request) &&
				/mark|handler\.example|externalCall\.[0-9a-f]{32}/.test(request.body ?? '')
			) {
				failed = true;
				throw new NoAnswer(say`no answer`);
			}
			return send(request);
		});
		expect({ failed, left, there }).toEqual({ failed: true, left: [], there: NOTHING });
	},
);

test('what a portal took although it should have refused it is removed', async () => {
	// The defect is taken out of the request, as if the portal overlooked it.
	const { left, there, rows } = await checkWith(
		(send) => (request) =>
			send({
				...request,
				...(request.body?.includes('"abc"') === true ? { body: request.body.replace('"abc"', '"+12025550111"') } : {}),
			}),
	);
	expect(rows.find(({ id }) => id.endsWith('Unsupported phone number format'))?.verdict).toBe('differs');
	expect({ left, there }).toEqual({ left: [], there: NOTHING });
});

test('what cannot be removed is named', async () => {
	const refuse: Answer = { status: 500, contentType: 'application/json', body: { error: 'INTERNAL_SERVER_ERROR' } };
	const { left, there } = await checkWith(
		(send) => (request) =>
			/externalLine\.delete$|event\.unbind$|finish$/.test(request.url) ? Promise.resolve(refuse) : send(request),
	);
	expect(there).toEqual({ lines: 1, calls: 1, handlers: 1 });
	expect(left.map((what) => what.split(/[;,]/)[0])).toEqual([
		'a line named "portal check"',
		'a handler that this check bound',
		'a registered call that is not finished',
	]);
});

test('a handler that stood there before stays', async () => {
	const sandbox = await CheckedSandbox.open({ write: true });
	try {
		await sandbox.entry.portal.call('event.bind', { event: 'ONAPPTEST', handler: HANDLER });
		const { rows } = await sandbox.check();
		expect(traces(sandbox).handlers).toBe(1);
		expect(rows.find(({ subject, id }) => subject === 'event.unbind' && id === 'example:1')?.reason).toBe(
			'the handler was not bound by this check',
		);
	} finally {
		await sandbox.close();
	}
});

test('no handler is lost where unbinding without a name might take all of them', async () => {
	const sandbox = await CheckedSandbox.open({ switches: { unbindWithoutHandler: 'all' } });
	try {
		const handler = 'https://other.example.com/';
		await sandbox.entry.portal.call('event.bind', { event: 'ONAPPMETHODCONFIRM', handler });
		const { rows } = await sandbox.check();
		expect(rows.find(({ conflicts }) => conflicts.includes(say`C10`))?.reason).toBe('a handler might be lost by it');
		expect(sandbox.portal.state.handlers.some(({ event }) => event === 'ONAPPMETHODCONFIRM')).toBe(true);
	} finally {
		await sandbox.close();
	}
});

test('a portal that falls silent is given up', async () => {
	let silent = false;
	const { rows, requests } = await checkWith((send) => (request) => {
		silent ||= isCall('user.admin')(request);
		return silent ? Promise.reject(new NoAnswer(say`the connection was cut`)) : send(request);
	});
	expect(rows.filter(({ reason }) => reason === 'the portal stopped answering').length).toBeGreaterThan(50);
	expect(requests).toBeLessThan(90);
});

test('without --write the portal is as before', async () => {
	const sandbox = await CheckedSandbox.open();
	try {
		const look = (): string => {
			const {
				lines,
				calls,
				handlers,
				history,
				clients,
				cards,
				chatMessages,
				offlineEvents,
				transcripts,
				deals,
				deliveries,
			} = sandbox.portal.state;
			return JSON.stringify([
				lines,
				[...calls],
				handlers,
				history,
				clients,
				cards,
				chatMessages,
				offlineEvents,
				transcripts,
				deals,
				deliveries,
			]);
		};
		const before = look();
		await sandbox.check();
		expect(look()).toBe(before);
	} finally {
		await sandbox.close();
	}
});
