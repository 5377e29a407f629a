import { awaitedRow } from '../../../nodes/Bitrix24Telephony/reports/row';
import { converse } from '../../support/converse';

/** A history in which the call is there at the given look. */
function looked(at: number, wait: number, call: { callId?: string; externalCallId?: string } = { callId: 'c1' }) {
	let looks = 0;
	const { value, steps } = converse(awaitedRow(call, wait), {
		methods: {
			'voximplant.statistic.get': () =>
				(looks += 1) === at ? [{ ID: '7', CALL_ID: 'c1', EXTERNAL_CALL_ID: 'p1' }] : [],
		},
	});
	return { id: value?.ID, looks, pauses: steps.flatMap((step) => ('pause' in step ? [step.pause] : [])) };
}

it('looks again for a call whose end is still on its way', () => {
	expect(looked(1, 180_000)).toMatchObject({ looks: 1, pauses: [] });
	expect(looked(3, 180_000)).toMatchObject({ looks: 3, pauses: [2000, 4000] });
	expect(looked(2, 180_000, { externalCallId: 'p1' })).toMatchObject({ looks: 2 });
});

it('gives up after half a minute, or sooner where recordings may not take as long', () => {
	expect(looked(0, 180_000)).toEqual({ id: undefined, looks: 5, pauses: [2000, 4000, 8000, 16_000] });
	expect(looked(0, 3000)).toMatchObject({ id: undefined, pauses: [2000] });
	expect(looked(0, 0)).toMatchObject({ looks: 1, pauses: [] });
	expect(looked(0, 180_000, {})).toMatchObject({ looks: 0 });
});
