import type { ExecutionOf } from '../../../sandbox/page/timeline/executions';
import { ExecutionWatch } from '../../../sandbox/page/timeline/executionWatch';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const STORED: ExecutionOf = {
	id: '1',
	url: 'http://n8n/1',
	workflow: 'w',
	status: 'success',
	callIds: [],
	startedAt: 1,
	stoppedAt: 2,
};

test('n8n is asked again when it answered late with what it knew long before', async () => {
	let stored: ExecutionOf[] = [];
	const ask = async (): Promise<ExecutionOf[]> => {
		const known = stored;
		await new Promise((resolve) => setTimeout(resolve, 6000));
		return known;
	};
	const changed = jest.fn();
	const watch = new ExecutionWatch(ask, () => true, changed);
	watch.hear();
	await jest.advanceTimersByTimeAsync(2000);
	stored = [STORED];
	await jest.advanceTimersByTimeAsync(30_000);
	expect(watch.latest).toEqual([STORED]);
	expect(changed).toHaveBeenCalledTimes(1);
	watch.stop();
});
