import { Stop } from '../../../bitrix24/stop';

it('tells all who listen, once', () => {
	const stop = new Stop();
	const told: string[] = [];
	stop.onStop(() => told.push('a'));
	stop.onStop(() => told.push(`b ${stop.isStopped}`));
	expect(stop.isStopped).toBe(false);
	stop.stop();
	stop.stop();
	expect(stop.isStopped).toBe(true);
	expect(told).toEqual(['a', 'b true']);
});

it('leaves out who no longer listens', () => {
	const stop = new Stop();
	const told: string[] = [];
	const forget = stop.onStop(() => told.push('a'));
	stop.onStop(() => told.push('b'));
	forget();
	stop.stop();
	expect(told).toEqual(['b']);
});

it('tells all, even when one of them takes others back', () => {
	const stop = new Stop();
	const told: string[] = [];
	stop.onStop(() => forget());
	const forget = stop.onStop(() => told.push('b'));
	stop.stop();
	expect(told).toEqual(['b']);
});
