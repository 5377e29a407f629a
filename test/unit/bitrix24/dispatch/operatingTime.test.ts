import { VirtualPortal } from '../../../../bench/model/virtualPortal';
import { finish } from '../../../../bitrix24/methods/calls';

const finishing = (index: number) =>
	finish({ CALL_ID: `call ${index}`, USER_ID: 2, DURATION: 7, STATUS_CODE: '200', ADD_TO_CHAT: 1 });

it('is waited for as often as it is used up', async () => {
	const portal = new VirtualPortal();
	const client = portal.client(3_600_000);
	const answers = await portal.time.until(
		Promise.all(Array.from({ length: 900 }, async (_, index) => await client.ask(finishing(index)))),
	);
	expect(answers.filter(({ ok }) => !ok)).toEqual([]);
	expect(portal.finished.size).toBe(900);
});

it('fails what would wait too long, and says when to go on', async () => {
	const portal = new VirtualPortal();
	const client = portal.client(90_000);
	const began = portal.time.now();
	const answers = await portal.time.until(
		Promise.all(Array.from({ length: 300 }, async (_, index) => await client.ask(finishing(index)))),
	);
	const failures = answers.flatMap((answer) => (answer.ok ? [] : [answer.failure]));
	expect(failures.length).toBe(300 - portal.finished.size);
	expect(failures.length).toBeGreaterThan(0);
	for (const { kind, retryAt } of failures) {
		expect(kind).toBe('limited');
		expect(retryAt).toBeGreaterThan(began + 90_000);
	}
});
