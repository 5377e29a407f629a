import { stringify } from 'flatted';
import { hasEnded, output, unpack } from '../../../tools/n8n/driver/runs';

const listed = { id: '7', workflowId: 'w', status: 'error', mode: 'webhook', startedAt: null, stoppedAt: null };
const packed = (resultData: unknown) => ({ ...listed, data: stringify({ resultData }) });

const detail = unpack(
	packed({
		error: { message: 'Portal says no' },
		lastNodeExecuted: 'Finish',
		runData: {
			Click: [
				{
					executionStatus: 'success',
					executionTime: 3,
					data: { main: [[{ json: { CALL_ID: 'a' } }]] },
					hints: [{ message: 'look' }],
				},
			],
			Loop: [
				{ executionTime: 1, data: { main: [[{ json: { n: 1 } }]] } },
				{ executionTime: 1, data: { main: [null, [{ json: { n: 2 } }]] } },
			],
			Finish: [{ executionStatus: 'error', executionTime: 5, error: { message: 'Portal says no' } }],
		},
	}),
);

it('unpacks runs, hints and errors', () => {
	expect(detail).toMatchObject({ ...listed, lastNode: 'Finish', error: { message: 'Portal says no' } });
	expect(detail.runs.Click?.[0]).toMatchObject({ status: 'success', hints: [{ message: 'look' }] });
	expect(detail.runs.Finish?.[0]).toMatchObject({ status: 'error', outputs: [], error: { message: 'Portal says no' } });
});

it('gives the items of the last run, by output', () => {
	expect(output(detail, 'Click')).toEqual([{ json: { CALL_ID: 'a' } }]);
	expect(output(detail, 'Loop')).toEqual([]);
	expect(output(detail, 'Loop', 1)).toEqual([{ json: { n: 2 } }]);
	expect(output(detail, 'Finish')).toEqual([]);
});

it('says what ran instead of a node that did not', () => {
	expect(() => output(detail, 'Show')).toThrow(
		'"Show" did not run in execution 7 (error). These ran: Click, Loop, Finish; it failed: Portal says no',
	);
});

it('unpacks an execution that has stored nothing yet', () => {
	expect(unpack({ ...listed, data: stringify({}) }).runs).toEqual({});
});

it.each([
	['success', true],
	['error', true],
	['crashed', true],
	['canceled', true],
	['running', false],
	['waiting', false],
	['new', false],
])('%s: ended is %s', (status, ended) => {
	expect(hasEnded({ ...listed, status })).toBe(ended);
});
