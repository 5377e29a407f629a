import { RunTimes } from '../../../../bitrix24/dispatch/runTimes';

const FINISH = 'telephony.externalCall.finish';

it('begins with what the documentation shows, in any case of the name', () => {
	const times = new RunTimes();
	expect(times.of(FINISH)).toBe(1860);
	expect(times.of(FINISH.toUpperCase())).toBe(1860);
	expect(times.of('telephony.externalCall.register')).toBe(670);
	expect(times.of('user.get')).toBe(60);
});

it.each([
	['telephony.externalCall.show', 750],
	['telephony.externalCall.hide', 460],
	['telephony.externalCall.attachRecord', 1400],
	['telephony.call.attachTranscription', 320],
	['telephony.externalCall.searchCrmEntities', 180],
	['voximplant.statistic.get', 230],
	['voximplant.callback.start', 750],
	['voximplant.infocall.startwithtext', 750],
	['voximplant.infocall.startwithsound', 750],
])('%s takes %d ms at first guess', (method, milliseconds) => {
	expect(new RunTimes().of(method)).toBe(milliseconds);
});

it('adds up what runs one after the other', () => {
	expect(new RunTimes().sum([FINISH, FINISH, 'user.get'])).toBe(3780);
	expect(new RunTimes().sum([])).toBe(0);
});

describe('learning', () => {
	it('believes a quarter of a surprise, as a ratio', () => {
		const times = new RunTimes();
		times.learn(['a'], 60 * 16);
		expect(times.of('a')).toBeCloseTo(120);
		times.learn(['a'], 120 / 16);
		expect(times.of('a')).toBeCloseTo(60);
		expect(times.of('b')).toBe(60);
	});

	it('gets to know what a method takes', () => {
		const times = new RunTimes();
		for (let round = 0; round < 40; round += 1) times.learn([FINISH], 500);
		expect(times.of(FINISH)).toBeCloseTo(500, 0);
	});

	it('shares a surprise between the methods of a request, each once', () => {
		const times = new RunTimes();
		times.learn([FINISH, FINISH, FINISH.toLowerCase(), 'user.get'], 16 * (3 * 1860 + 60));
		expect(times.of(FINISH)).toBeCloseTo(3720);
		expect(times.of('User.Get')).toBeCloseTo(120);
	});

	it('stays between a millisecond and a minute', () => {
		const times = new RunTimes();
		for (let round = 0; round < 60; round += 1) times.learn(['slow'], 1e9);
		for (let round = 0; round < 60; round += 1) times.learn(['fast'], 0);
		expect(times.of('slow')).toBe(60_000);
		expect(times.of('fast')).toBeCloseTo(1);
		expect(times.of('fast')).toBeGreaterThanOrEqual(1);
	});

	it('takes no time at all for a millisecond', () => {
		const times = new RunTimes();
		times.learn(['a'], 0);
		expect(times.of('a')).toBeCloseTo(60 * (1 / 60) ** 0.25);
	});

	it.each([Number.NaN, -1])('learns nothing from %d ms, as a clock that was set gives', (milliseconds) => {
		const times = new RunTimes();
		times.learn(['a'], milliseconds);
		expect(times.of('a')).toBe(60);
	});

	it('learns nothing from a request without commands', () => {
		const times = new RunTimes();
		times.learn([], 100);
		expect(times.sum(['a'])).toBe(60);
	});
});
