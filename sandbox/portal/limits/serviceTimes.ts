/** Seconds that a method takes, from and to. */
export type Seconds = readonly [from: number, to: number];

/**
 * How long methods take, after the `time` blocks of the documentation's own examples (processing and duration there).
 * [D telephony-external-call-*.md, batch.md]
 */
const SERVICE_TIMES: Record<string, Seconds> = {
	'telephony.externalcall.register': [0.22, 1.12],
	'telephony.externalcall.finish': [1.41, 2.3],
	'telephony.externalcall.show': [0.29, 1.2],
	'telephony.externalcall.hide': [0.1, 0.81],
	'telephony.externalcall.attachrecord': [0.38, 2.4],
	'telephony.call.attachtranscription': [0.14, 0.5],
	'telephony.externalcall.searchcrmentities': [0.05, 0.3],
	'voximplant.statistic.get': [0.05, 0.4],
	'voximplant.callback.start': [0.3, 1.2],
	'voximplant.infocall.startwithtext': [0.3, 1.2],
	'voximplant.infocall.startwithsound': [0.3, 1.2],
	upload: [0.2, 1],
	batch: [0, 0],
};

/** Everything else is a quick look-up. */
const USUAL: Seconds = [0.01, 0.08];

/** Seconds that a method takes, from and to. */
export function serviceTimeOf(method: string): Seconds {
	return SERVICE_TIMES[method.toLowerCase()] ?? USUAL;
}
