import { Ledger } from '../../../bitrix24/ledger';
import { hide, show } from '../../../bitrix24/methods/calls';
import { ask } from '../../../bitrix24/plan';
import { fakePortal } from '../../support/fakePortal';

const NO = { error: 'ACCESS_DENIED', error_description: 'No' };

function world() {
	const { portal, time } = fakePortal({
		'telephony.externalCall.show': () => ({ result: true }),
		'telephony.externalCall.hide': () => NO,
	});
	const one = portal();
	return { one, until: async <Result>(work: Promise<Result>) => await time.until(work) };
}

it('makes one call', async () => {
	const { one, until } = world();
	expect(await until(one.ask(show('c', 1)))).toEqual({ ok: true, value: true });
	expect(await until(one.ask(hide('c', 1)))).toMatchObject({
		ok: false,
		failure: { text: 'No', method: 'telephony.externalCall.hide' },
	});
});

it('waits for another time with all else the same', () => {
	const { one } = world();
	const patient = one.waiting(700);
	expect(patient.means).toEqual({ ...one.means, sender: { ...one.means.sender, maximumWait: 700 } });
	expect(patient.means.shared).toBe(one.means.shared);
});

it('waits for each conversation as long as that one may', async () => {
	let refusals = 2;
	const usedUp = { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit.' };
	const { portal, time } = fakePortal({
		'telephony.externalCall.show': () => (refusals-- > 0 ? usedUp : { result: true }),
	});
	const one = portal();
	const [patient, hasty] = await time.until(
		Promise.all([one.waiting(90_000).ask(show('c', 1)), one.waiting(0).ask(show('d', 1))]),
	);
	expect(patient).toEqual({ ok: true, value: true });
	expect(hasty).toMatchObject({ ok: false, failure: { code: 'OPERATION_TIME_LIMIT', isGivenUp: true } });
});

it('leads a conversation, with or without a ledger', async () => {
	const { one, until } = world();
	const both = function* () {
		const shown = yield* ask(show('c', 1));
		return [shown, yield* ask(show('d', 1))];
	};
	expect(await until(one.converse(both()))).toEqual({ ok: true, value: [true, true] });
	expect(await until(one.converse(ask(hide('c', 1))))).toMatchObject({ ok: false, failure: { text: 'No' } });
	const ledger = new Ledger();
	expect(await until(one.lead(both(), ledger))).toEqual({ ok: true, value: [true, true] });
	expect(ledger.changed).toEqual(['c', 'd']);
	expect(await until(one.lead(ask(hide('c', 1)), ledger))).toMatchObject({
		ok: false,
		failure: { text: 'No' },
		step: { parameters: { CALL_ID: 'c' } },
	});
});
