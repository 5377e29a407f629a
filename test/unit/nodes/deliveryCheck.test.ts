import type { Call, Step } from '../../../bitrix24/plan';
import {
	deliverySeconds,
	deliveryStates,
	testBinding,
	WHILE_PUBLISHING,
	type DeliveryState,
} from '../../../nodes/common/deliveryCheck';

interface Portal {
	/** Test bindings that are there, by address. */
	bound: Set<string>;
	asked: Call[];
	paused: number;
}

interface Faults {
	/** Refuses or loses a call; true for neither. */
	answers?: (call: Call, portal: Portal) => boolean;
	/** What event.test brings about. */
	deliver?: (portal: Portal) => void;
	/** What a look brings about. */
	look?: (portal: Portal) => void;
}

const ONE = 'https://one.example.com/webhook/a?signature=s';
const TWO = 'https://two.example.com/webhook/b?signature=t';

/** Leads the conversation against a portal of bindings. */
function lead(
	{ answers = () => true, deliver = () => undefined, look = () => undefined }: Faults = {},
	handlers = [ONE],
	pauses?: readonly number[],
): { states: DeliveryState[]; portal: Portal } {
	const portal: Portal = { bound: new Set(), asked: [], paused: 0 };
	const step = (one: Step): unknown => {
		if ('pause' in one) portal.paused += one.pause;
		if (!('method' in one)) return undefined;
		portal.asked.push(one);
		expect(one.optional).toBe('silent');
		const { event, handler } = one.parameters as { event?: string; handler: string };
		if (!answers(one, portal)) return undefined;
		if (one.method === 'event.test') deliver(portal);
		if (one.method === 'event.get') {
			look(portal);
			return one.decode([
				...[...portal.bound].map((address) => ({ event: 'onAppTest', handler: address })),
				{ event: 'ONEXTERNALCALLSTART', handler: handlers[0] },
			]);
		}
		if (event) expect(event).toBe('ONAPPTEST');
		if (one.method === 'event.bind') portal.bound.add(handler);
		if (one.method === 'event.unbind') portal.bound.delete(handler);
		return one.method === 'event.test' ? 1 : true;
	};
	const conversation = deliveryStates(handlers, pauses, 'mine');
	let turn = conversation.next([]);
	while (!turn.done) {
		expect(turn.value).not.toEqual([]);
		turn = conversation.next(turn.value.map(step));
	}
	return { states: turn.value, portal };
}

const methods = ({ asked }: Portal): string[] => asked.map(({ method }) => method);
const arrivesAt =
	(...addresses: string[]) =>
	(portal: Portal): void =>
		addresses.forEach((address) => portal.bound.delete(testBinding(address, 'mine').handler));

it('has arrived when the binding was there and is gone', () => {
	const { states, portal } = lead({ deliver: arrivesAt(ONE) });
	expect(states).toEqual(['arrived']);
	expect(methods(portal)).toEqual(['event.bind', 'event.get', 'event.test', 'event.get']);
});

it('has arrived when it does so late', () => {
	let looks = 0;
	const { states } = lead({
		look: (portal) => {
			looks += 1;
			if (looks === 9) arrivesAt(ONE)(portal);
		},
	});
	expect(states).toEqual(['arrived']);
});

it('is lost when the binding stays, and is unbound then', () => {
	const { states, portal } = lead();
	expect(states).toEqual(['lost']);
	expect(portal.bound.size).toBe(0);
	expect(portal.paused).toBe(deliverySeconds() * 1000);
	expect(methods(portal).filter((method) => method === 'event.get')).toHaveLength(9);
	expect(portal.asked.at(-1)).toMatchObject({
		method: 'event.unbind',
		parameters: testBinding(ONE, 'mine'),
		optional: 'silent',
	});
});

it('leaves n8n time to say so: five tries, with half a second a request', () => {
	const { states, portal } = lead({}, [ONE], WHILE_PUBLISHING);
	expect(states).toEqual(['lost']);
	// The trigger binds its own event as well.
	const requests = portal.asked.length + 1;
	expect(5 * (portal.paused / 1000 + requests * 0.5) + 26).toBeLessThan(84);
});

it('tells addresses apart', () => {
	const { states, portal } = lead({ deliver: arrivesAt(TWO) }, [ONE, TWO]);
	expect(states).toEqual(['lost', 'arrived']);
	expect(methods(portal).filter((method) => method === 'event.unbind')).toHaveLength(1);
});

it('is refused when the portal did not bind it: nothing is sent then', () => {
	const { states, portal } = lead({ answers: ({ method }) => method !== 'event.bind' });
	expect(states).toEqual(['refused']);
	expect(methods(portal)).toEqual(['event.bind', 'event.get', 'event.unbind']);
});

it('counts a binding whose answer was lost, or that is there already', () => {
	const lostAnswer = ({ method, parameters }: Call, portal: Portal): boolean => {
		if (method !== 'event.bind') return true;
		portal.bound.add(String(parameters.handler));
		return false;
	};
	expect(lead({ answers: lostAnswer, deliver: arrivesAt(ONE) }).states).toEqual(['arrived']);
	expect(lead({ answers: lostAnswer }).states).toEqual(['lost']);
});

it('checks the others when one is refused', () => {
	const { states, portal } = lead(
		{
			answers: ({ method, parameters }) => method !== 'event.bind' || !String(parameters.handler).includes('one'),
			deliver: arrivesAt(TWO),
		},
		[ONE, TWO],
	);
	expect(states).toEqual(['refused', 'arrived']);
	expect(portal.paused).toBeLessThan(deliverySeconds() * 1000);
});

it('waits for the slower of two', () => {
	let looks = 0;
	const { states, portal } = lead(
		{
			deliver: arrivesAt(ONE),
			look: (one) => {
				looks += 1;
				if (looks === 5) arrivesAt(TWO)(one);
			},
		},
		[ONE, TWO],
	);
	expect(states).toEqual(['arrived', 'arrived']);
	expect(portal.paused).toBeLessThan(deliverySeconds() * 1000);
});

it.each<[string, Faults]>([
	['no list can be read', { answers: ({ method }) => method !== 'event.get' }],
	['neither bind nor list is answered', { answers: ({ method }) => method === 'event.unbind' }],
	['no test event is sent', { answers: ({ method }) => method !== 'event.test' }],
])('is unknown when %s, and leaves nothing bound', (_name, faults) => {
	const { states, portal } = lead(faults);
	expect(states).toEqual(['unknown']);
	expect(portal.bound.size).toBe(0);
	expect(methods(portal).at(-1)).toBe('event.unbind');
});

it('goes by the lists that it could read', () => {
	const lists = (...readable: number[]) => {
		let looks = 0;
		return ({ method }: Call): boolean => method !== 'event.get' || readable.includes((looks += 1));
	};
	expect(lead({ answers: lists(1, 3), deliver: arrivesAt(ONE) }).states).toEqual(['arrived']);
	expect(lead({ answers: lists(2) }).states).toEqual(['lost']);
	expect(lead({ answers: lists(1) }).states).toEqual(['unknown']);
});

it('is unknown when the binding was taken but never shown: none that was gone is no evidence', () => {
	const hidden = (portal: Portal): void => portal.bound.clear();
	expect(lead({ look: hidden }).states).toEqual(['unknown']);
	expect(lead({ look: hidden, deliver: arrivesAt(ONE) }).states).toEqual(['unknown']);
	let looks = 0;
	const late = lead({
		deliver: (portal) => portal.bound.clear(),
		look: (portal) => {
			looks += 1;
			if (looks === 3) portal.bound.add(testBinding(ONE, 'mine').handler);
			if (looks === 5) portal.bound.clear();
		},
	});
	expect(late.states).toEqual(['arrived']);
});

it('leaves the bindings of other checks alone', () => {
	const other = testBinding(ONE, 'other').handler;
	const { states, portal } = lead({
		deliver: (one) => {
			one.bound.add(other);
			arrivesAt(ONE)(one);
		},
	});
	expect(states).toEqual(['arrived']);
	expect(portal.bound).toEqual(new Set([other]));
});

it('names each check anew, in characters that an address can hold', () => {
	const names = Array.from({ length: 20 }, () => {
		const { value } = deliveryStates([ONE]).next([]);
		return new URL(String((value as Call[])[0]?.parameters.handler)).searchParams.get('check') ?? '';
	});
	expect(new Set(names).size).toBe(20);
	for (const name of names) expect(name).toMatch(/^[\w-]{8}$/);
});

it('asks for the list when the answer to any bind was lost', () => {
	const lostAnswer = ({ method, parameters }: Call, portal: Portal): boolean => {
		if (method !== 'event.bind' || !String(parameters.handler).includes('one')) return true;
		portal.bound.add(String(parameters.handler));
		return false;
	};
	expect(lead({ answers: lostAnswer, deliver: arrivesAt(ONE, TWO) }, [ONE, TWO]).states).toEqual([
		'arrived',
		'arrived',
	]);
});

it('stays refused when later lists cannot be read', () => {
	let looks = 0;
	const firstList = ({ method, parameters }: Call): boolean =>
		method === 'event.bind' ? String(parameters.handler).includes('two') : method !== 'event.get' || (looks += 1) === 1;
	expect(lead({ answers: firstList }, [ONE, TWO]).states).toEqual(['refused', 'unknown']);
});
