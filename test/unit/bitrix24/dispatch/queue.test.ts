import { FairQueue, type Ticket } from '../../../../bitrix24/dispatch/queue';

let count = 0;
const ticket = (run: string): Ticket => ({
	lane: 'lane',
	run,
	isLive: false,
	methods: [`m${(count += 1)}`],
	ahead: [],
	isAlone: false,
	keys: [],
});

/** Adds tickets of given runs, each of a second, and tells the order of runs. */
function filled(...runs: string[]) {
	const queue = new FairQueue();
	const tickets = runs.map((run) => ticket(run));
	for (const one of tickets) queue.add(one, 1000, 0);
	return {
		queue,
		tickets,
		order: () =>
			queue
				.tickets()
				.map(({ run }) => run)
				.join(''),
	};
}

it('keeps the order of one execution', () => {
	const { queue, tickets } = filled('a', 'a', 'a', 'a', 'a');
	expect(queue.tickets()).toEqual(tickets);
	expect(queue.size).toBe(5);
});

it('takes turns between executions, whoever came first', () => {
	expect(filled('a', 'a', 'a', 'b', 'b', 'c').order()).toBe('abcaba');
});

it('counts turns by the time that calls take', () => {
	const { queue, order } = filled();
	for (let index = 0; index < 3; index += 1) queue.add(ticket('a'), 3000, 0);
	for (let index = 0; index < 4; index += 1) queue.add(ticket('b'), 1000, 0);
	expect(order()).toBe('abbbaba');
});

it('lets an execution that comes later begin where the others are, not before', () => {
	const { queue, tickets, order } = filled('a', 'a', 'a', 'a');
	queue.remove(new Set(tickets.slice(0, 3)), true);
	queue.add(ticket('b'), 1000, 0);
	queue.add(ticket('b'), 1000, 0);
	queue.add(ticket('a'), 1000, 0);
	// Three have departed, so the present is where the third stood.
	expect(order()).toBe('baba');
});

it('does not move the present for what is withdrawn', () => {
	const { queue, tickets, order } = filled('a', 'a', 'a', 'a');
	queue.remove(new Set(tickets.slice(0, 3)), false);
	queue.add(ticket('b'), 1000, 0);
	queue.add(ticket('b'), 1000, 0);
	expect(order()).toBe('bba');
});

it('never moves the present back', () => {
	const { queue, tickets, order } = filled('a', 'a', 'a', 'b');
	queue.remove(new Set(tickets.slice(2, 3)), true);
	queue.remove(new Set(tickets.slice(3)), true);
	queue.add(ticket('c'), 1000, 0);
	expect(order()).toBe('aac');
});

it('forgets an execution of which nothing waits', () => {
	const { queue, tickets, order } = filled('a', 'a', 'b');
	queue.remove(new Set(tickets.slice(0, 2)), false);
	queue.add(ticket('a'), 1000, 0);
	queue.add(ticket('b'), 1000, 0);
	expect(order()).toBe('bab');
});

it('remembers an execution of which something waits', () => {
	const { queue, tickets, order } = filled('a', 'a', 'b');
	queue.remove(new Set(tickets.slice(0, 1)), false);
	queue.add(ticket('a'), 1000, 0);
	queue.add(ticket('b'), 1000, 0);
	expect(order()).toBe('baba');
	queue.remove(new Set([queue.tickets()[1] as Ticket]), false);
	queue.add(ticket('a'), 1000, 0);
	expect(order()).toBe('bbaa');
});

it('takes out only what it is told', () => {
	const { queue, tickets } = filled('a', 'a', 'a', 'a');
	queue.remove(new Set([tickets[1] as Ticket, tickets[3] as Ticket, ticket('x')]), true);
	expect(queue.tickets()).toEqual([tickets[0], tickets[2]]);
	expect(queue.size).toBe(2);
});

describe('what is put back', () => {
	it('goes before all others', () => {
		const { queue, tickets } = filled('a', 'a', 'b', 'a');
		const [first, second] = tickets as [Ticket, Ticket];
		queue.remove(new Set([first, second]), true);
		queue.putBack(second, 0);
		queue.putBack(first, 0);
		expect(queue.tickets().slice(0, 2)).toEqual([first, second]);
	});

	it('goes before what comes later, in a queue that is empty else', () => {
		const { queue, tickets } = filled('a', 'a');
		queue.remove(new Set(tickets), true);
		const later = ticket('b');
		queue.putBack(tickets[1] as Ticket, 0);
		queue.add(later, 1000, 0);
		expect(queue.tickets()).toEqual([tickets[1], later]);
	});

	it('counts as waiting of its execution', () => {
		const { queue, tickets, order } = filled('a', 'a', 'c');
		queue.remove(new Set(tickets.slice(0, 1)), true);
		queue.putBack(tickets[0] as Ticket, 0);
		queue.remove(new Set(tickets.slice(0, 1)), true);
		queue.add(ticket('a'), 1000, 0);
		queue.add(ticket('b'), 1000, 0);
		// The next of the execution comes behind its other one, at 2000.
		expect(order()).toBe('cbaa');
	});

	it('of an execution that was forgotten begins at the present', () => {
		const { queue, tickets, order } = filled('a', 'b', 'b', 'b');
		queue.remove(new Set(tickets.slice(0, 3)), true);
		queue.putBack(tickets[0] as Ticket, 0);
		queue.add(ticket('c'), 1000, 0);
		queue.add(ticket('a'), 1000, 0);
		expect(order()).toBe('acab');
	});
});

it('knows since when the first of all waits', () => {
	const queue = new FairQueue();
	expect(queue.oldest()).toBe(Infinity);
	queue.add(ticket('a'), 1000, 70);
	queue.add(ticket('b'), 1000, 50);
	queue.add(ticket('c'), 1000, 90);
	expect(queue.oldest()).toBe(50);
	const [first] = queue.tickets() as [Ticket];
	queue.remove(new Set(queue.tickets()), true);
	queue.putBack(first, 120);
	expect(queue.oldest()).toBe(120);
});
