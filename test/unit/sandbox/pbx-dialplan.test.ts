import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPbx } from '../../../sandbox/pbx';
import {
	AGENT_CONTEXT,
	CLIENT_CONTEXT,
	deliveredGlobals,
	FAILURE_CODES,
	RETRY_CONTEXT,
	RETRY_PAUSES,
} from '../../../sandbox/pbx/dialplan';
import { call } from './pbx-client';
import { startReceiver } from './receiver';

const text = readFileSync(join(__dirname, '../../../examples/asterisk/extensions.conf'), 'utf8');
const code = text
	.split('\n')
	.filter((line) => !line.startsWith(';'))
	.join('\n');
const contexts = new Map(
	code
		.split(/^\[/m)
		.slice(1)
		.map((part) => [part.slice(0, part.indexOf(']')), part.slice(part.indexOf(']') + 2)]),
);
const all = (pattern: RegExp, where = code): string[] => [...where.matchAll(pattern)].map(([, found = '']) => found);

describe('the dialplan by itself', () => {
	test('every context that it goes to is there, and every one is gone to', () => {
		const gone = [
			...all(/(?:Goto|Gosub)\((b24-[a-z-]+),/g),
			...all(/U\((b24-[a-z-]+)/g),
			...all(/hangup_handler_push\)=(b24-[a-z-]+),/g),
			...all(/,exten,([a-z0-9-]+),/g),
			...all(/@(b24-[a-z]+)\/n/g),
			...all(/TRANSFER_CONTEXT=(b24-[a-z]+)/g),
		];
		expect([...new Set([...gone, 'globals', AGENT_CONTEXT, CLIENT_CONTEXT])].sort()).toEqual(
			[...contexts.keys()].sort(),
		);
	});

	test('every label that it jumps to stands in the same context', () => {
		for (const [name, body] of contexts) {
			const labels = all(/same => n\(([a-z]+)\)/g, body);
			const jumps = [...all(/GotoIf\(.*\?([a-z]+)\)/g, body), ...all(/Goto\(([a-z]+)\)/g, body)];
			for (const label of jumps) expect([name, labels]).toEqual([name, expect.arrayContaining([label])]);
		}
	});

	test('brackets are paired in every line, and a semicolon in it is escaped', () => {
		for (const line of code.split('\n')) {
			for (const [open, close] of ['()', '[]', '{}']) {
				expect([line, line.split(open ?? '').length]).toEqual([line, line.split(close ?? '').length]);
			}
			expect(line).not.toMatch(/[^\\];/);
		}
	});

	test('every variable that it reads is set somewhere: a global, a step before, or the originate request', () => {
		const globals = Object.keys(deliveredGlobals(['extensions.conf']));
		const set = [
			...globals,
			...all(/Set\(_*(B24_\w+)=/g),
			...all(/SHARED\((B24_\w+),[^)]*\)*=/g),
			...all(/Set\(SHARED\((B24_\w+)/g),
			'B24_NUMBER',
			'B24_LINE',
			'B24_DTMF',
			'B24_LOST',
		];
		const read = [...all(/\$\{(B24_\w+)/g), ...all(/SHARED\((B24_\w+)/g), ...all(/CUT\((B24_\w+)/g)];
		expect(read.filter((name) => !set.includes(name) && name !== 'B24_KEY')).toEqual([]);
		expect(globals.filter((name) => !code.includes(`\${${name}}`))).toEqual([]);
	});
});

describe('the simulation plays it', () => {
	test('with its report, field by field and in its order', async () => {
		const receiver = await startReceiver();
		const pbx = await startPbx({ timeFactor: 0.005 });
		await call(pbx, { number: '4930231259004', doneUrl: receiver.url });
		const body = (await receiver.next()).body;
		await pbx.stop();
		await receiver.stop();
		const fields = [...new URLSearchParams(body).keys()];
		expect(fields).toEqual(all(/[=&]([A-Z_]+)=/g, contexts.get('b24-post')));
	});

	test('with its pauses and the answers that it takes for a failure', () => {
		const retry = contexts.get(RETRY_CONTEXT) ?? '';
		const [first = NaN] = all(/B24_PAUSE=(\d+)\)/g, retry).map(Number);
		const [last = NaN] = all(/B24_PAUSE\} <= (\d+)\]/g, retry).map(Number);
		const pauses = [];
		for (let pause = first; pause <= last; pause *= 2) pauses.push(pause);
		expect(pauses).toEqual(RETRY_PAUSES);
		expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(600);
		expect(all(/failurecodes\)=([\d,]+)\)/g).map((codes) => codes.split(',').map(Number))).toEqual([
			FAILURE_CODES,
			FAILURE_CODES,
		]);
	});

	test('with its globals as delivered', () => {
		expect(deliveredGlobals(['extensions.conf'])).toEqual({
			B24_REPORT_URL: '',
			B24_CALLER_ID: '',
			B24_LINE_BEFORE: '',
			B24_TRUNK_BEFORE: 'PJSIP/',
			B24_TRUNK_AFTER: '@trunk',
			B24_PHONE_BEFORE: 'PJSIP/',
			B24_PHONE_AFTER: '',
			B24_AGENT_RING: '18',
			B24_CONFIRM: '',
			B24_CLIENT_RING: '45',
			B24_PHONE_CONTEXT: '',
		});
	});
});
