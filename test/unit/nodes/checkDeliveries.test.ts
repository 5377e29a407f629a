import type { IDataObject } from 'n8n-workflow';
import type { Step } from '../../../bitrix24/plan';
import { checkDeliveries } from '../../../nodes/Bitrix24Telephony/operations/setup/check';

const ORIGIN = 'https://n8n.example.com';
const handlers = [
	{ event: 'ONEXTERNALCALLSTART', handler: `${ORIGIN}/webhook/a?signature=s` },
	{ event: 'ONVOXIMPLANTCALLEND', handler: `${ORIGIN}/webhook/a?signature=s` },
	{ event: 'ONEXTERNALCALLSTART', handler: `${ORIGIN}/webhook-test/a?signature=t` },
	{ event: 'ONAPPTEST', handler: `${ORIGIN}/webhook/a?signature=s&check=other` },
];

/** Findings on delivery, from a portal that answers in one way. */
function findings(answer: (method: string, bound: Set<string>) => unknown): IDataObject[] {
	const bound = new Set<string>();
	const step = (one: Step): unknown => {
		if (!('method' in one)) return undefined;
		const given = answer(one.method, bound);
		if (one.method === 'event.bind' && given === true) bound.add(String(one.parameters.handler));
		return one.method === 'event.get' && given === true
			? [...bound].map((handler) => ({ event: 'ONAPPTEST', handler }))
			: given;
	};
	const conversation = checkDeliveries(handlers);
	let turn = conversation.next([]);
	while (!turn.done) turn = conversation.next(turn.value.map(step));
	return turn.value;
}

it('asks nothing when no trigger is published', () => {
	expect(checkDeliveries(handlers.slice(2)).next([])).toEqual({ done: true, value: [] });
});

it.each<[string, (method: string, bound: Set<string>) => unknown, string, RegExp]>([
	[
		'arrived',
		(method, bound) => {
			if (method === 'event.test') bound.clear();
			return true;
		},
		'ok',
		/reaches https:\/\/n8n\.example\.com\/webhook\/a$/,
	],
	['was lost', () => true, 'problem', /did not arrive at .*\/webhook\/a within 10 s$/],
	[
		'was refused',
		(method) => method !== 'event.bind' || undefined,
		'problem',
		/did not take a test event for .*\/webhook\/a$/,
	],
	['was not sent', (method) => method !== 'event.test' || undefined, 'warning', /did not answer what it was asked/],
])('a test event that %s, once an address', (_name, answer, RESULT, detail) => {
	expect(findings(answer)).toEqual([
		{
			CHECK: 'Delivery',
			RESULT,
			DETAIL: expect.stringMatching(detail) as string,
			ADVICE: expect.stringMatching(/\w/) as string,
		},
	]);
});
