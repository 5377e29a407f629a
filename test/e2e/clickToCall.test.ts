import type { Timeline } from '../../sandbox/page/data/timeline';
import { output, until } from '../../tools/n8n/driver';
import { declareBinding } from './clickToCall/binding';
import { declareEndings } from './clickToCall/endings';
import { TRIGGER, useClicks } from './support/clicks';

const clicks = useClicks();
const { demo, click, state, execution, logged } = clicks;

async function delivered(count: number) {
	return await until(
		() =>
			Promise.resolve(
				state().deliveries.filter(({ state: now }) => now === 'answered').length >= count
					? state().deliveries
					: undefined,
			),
		() => `deliveries: ${JSON.stringify(state().deliveries)}`,
	);
}

it('shows what happened to a call with the executions of n8n', async () => {
	const tab = await fetch(`${demo().sandbox.url}page/live`);
	try {
		const { callId } = click('+493023125 9001');
		const row = await logged(callId);
		expect(row).toHaveLength(1);
		const linked = await until(
			async () => {
				const page = (await (await fetch(`${demo().sandbox.url}page/state`)).json()) as { timelines: Timeline[] };
				const entries = page.timelines.find(({ key }) => key === callId)?.entries ?? [];
				const links = entries.filter(({ kind }) => kind === 'event' || kind === 'report' || kind === 'request');
				return links.length >= 3 && links.every(({ execution: link }) => link?.status === 'success')
					? links
					: undefined;
			},
			() => `no links for ${callId}`,
		);
		const clicked = await execution(TRIGGER, callId);
		expect(linked.find(({ kind }) => kind === 'event')?.execution).toMatchObject({
			id: clicked.id,
			url: `${demo().n8n.session.url}/workflow/${demo().workflowId}/executions/${clicked.id}`,
		});
	} finally {
		await tab.body?.cancel();
	}
});

describe('a click on a number', () => {
	it('rings the phones, and the call is logged when it ends', async () => {
		const { callId } = click('+493023125 9007');
		expect(output(await execution(TRIGGER, callId), TRIGGER)[0]?.json).toEqual({
			CALL_ID: callId,
			PHONE_NUMBER: '+493023125 9007',
			PHONE_NUMBER_INTERNATIONAL: '+4930231259007',
			EXTENSION: '',
			USER_ID: 2,
			LINE_NUMBER: '',
			CRM_ENTITY_TYPE: 'LEAD',
			CRM_ENTITY_ID: expect.any(Number) as number,
			CRM_CREATED_LEAD: expect.any(Number) as number,
			CRM_CREATED_ENTITIES: [{ ENTITY_TYPE: 'LEAD', ENTITY_ID: expect.any(Number) as number }],
			CALL_LIST_ID: null,
			IS_MOBILE: false,
			EMPLOYEE_NAME: 'Ben Carter',
			EMPLOYEE_EXTENSION: '102',
			CLIENT_NAME: expect.any(String) as string,
			DIAL_NUMBER: '4930231259007',
			event: 'ONEXTERNALCALLSTART',
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
			portal: {
				domain: expect.stringContaining('127.0.0.1:') as string,
				member_id: state().settings.memberId,
				status: 'L',
				scope: expect.stringContaining('telephony') as string,
			},
		});
		const finished = await execution('Finish', callId);
		expect(finished.status).toBe('success');
		expect(output(finished, 'Finish')[0]?.json).toMatchObject({
			CALL_ID: callId,
			CALL_DURATION: 7,
			CALL_FAILED_CODE: '200',
			PORTAL_USER_ID: 2,
		});
		expect([...state().history.values()].find((row) => row.callId === callId)).toMatchObject({
			duration: 7,
			failedCode: '200',
		});
		expect(state().cards.filter((card) => card.callId === callId)).toEqual([]);
		expect(output(finished, 'Finish')[0]?.json).toMatchObject({
			FINISHED: true,
			FILE_ID: expect.any(Number) as number,
		});
		const recording = [...state().recordings.values()].find((one) => one.callId === callId);
		expect(recording?.content.subarray(0, 4).toString()).toBe('RIFF');
		expect(recording?.content.length).toBeGreaterThan(7 * 16_000);
	});

	it.each([
		['9100', 'client busy', '486'],
		['9200', 'client does not answer', '603-S'],
		['9300', 'employee gives up', '603-S'],
		['9404', 'wrong number', '404'],
		['9603', 'client declines', '603'],
		['9600', 'employee does not answer', '603-S'],
		['9700', 'employee busy, who is no busy client', '603-S'],
	])('ends with %s when %s: %s', async (ending, _name, code) => {
		const { callId } = click(`+493023125${ending}`);
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({
			CALL_FAILED_CODE: code,
			CALL_DURATION: 0,
		});
	});

	it('shows the provider the line of the click', async () => {
		const { control } = demo().sandbox.portal;
		const [application] = state().applications.values();
		const before = state().settings.defaultLine;
		control.setDefaultLine({ applicationId: application?.id ?? 0, lineNumber: state().lines[0]?.number ?? '' });
		const { callId } = click('+4930231259100', 4);
		control.setDefaultLine(before);
		await execution('Finish', callId);
		const [first, ...others] = demo().sandbox.pbx.invites.filter(({ channelId }) => channelId === callId);
		expect([first?.callerId, others]).toEqual([state().lines[0]?.number.replace(/\D/g, ''), []]);
	});

	it('that is transferred to a busy colleague is one row, with the real duration and the recording', async () => {
		const { callId } = click('+4930231259802');
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({
			CALL_DURATION: 5,
			CALL_FAILED_CODE: '200',
			FILE_ID: expect.any(Number) as number,
		});
		expect(await logged(callId)).toHaveLength(1);
		expect(demo().sandbox.pbx.reports.filter(({ channelId }) => channelId === callId)).toHaveLength(1);
	});

	it('belongs to whoever talked last', async () => {
		const { callId } = click('+4930231259804');
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({
			CALL_DURATION: 7,
			PORTAL_USER_ID: 3,
		});
	});

	it('is finished at once when the employee has no extension', async () => {
		const { callId } = click('+4930231259007', 7);
		expect(output(await execution('Finish', callId), 'Finish')[0]?.json).toMatchObject({ CALL_FAILED_CODE: '480' });
	});

	it('is answered with an empty 200, and no token reaches the execution', async () => {
		const before = state().deliveries.length;
		const { callId } = click('+4930231259001');
		const deliveries = await delivered(before + 1);
		expect(deliveries[before]).toMatchObject({ status: 200, answer: '' });
		const stored = JSON.stringify([await execution(TRIGGER, callId), await execution('Finish', callId)]);
		const tokens = [
			...state().accessTokens.keys(),
			...state().refreshTokens.keys(),
			...[...state().applications.values()].flatMap(({ clientSecret, applicationToken }) => [
				clientSecret,
				applicationToken,
			]),
		];
		for (const token of tokens) expect(stored).not.toContain(token);
		for (const token of tokens) expect(demo().server.logs()).not.toContain(token);
	});

	it('works without a user token in the event, and with an expired one in the credential', async () => {
		demo().sandbox.portal.control.setSwitches({
			eventAuth: 'anonymous',
			serverEndpointInEvents: 'absent',
			usedRefreshToken: 'dies',
		});
		demo().sandbox.portal.control.expireTokens();
		const { callId } = click('+4930231259002');
		expect((await execution('Finish', callId)).status).toBe('success');
		expect(output(await execution(TRIGGER, callId), TRIGGER)[0]?.json.portal).toMatchObject({ status: null });
		demo().sandbox.portal.control.setSwitches({ eventAuth: 'user', serverEndpointInEvents: 'present' });
	});
});

declareEndings(clicks);
declareBinding(clicks);
