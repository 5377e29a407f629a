import type { ConnectedSystem, Download } from '../../../../nodes/common/phoneSystem';
import { ReportedRecording } from '../../../../nodes/Bitrix24Telephony/reports/recording';
import type { SystemRequest } from '../../../../pbx/system';

const request: SystemRequest = { method: 'GET', url: 'https://pbx.example.com/a.wav', query: {}, headers: {} };

/** The recording `a` of a phone system that answers so. */
function recording({
	status = 200,
	download = {},
	...system
}: Partial<ConnectedSystem['system']> & {
	status?: number;
	download?: Partial<Download>;
}) {
	const asked: SystemRequest[] = [];
	const connected = {
		system,
		login: {},
		ask: (one: SystemRequest) => {
			asked.push(one);
			return Promise.resolve({ status, headers: {}, body: undefined });
		},
		download: () => Promise.resolve({ status: 200, contentType: 'audio/wav', ...download }),
	} as unknown as ConnectedSystem;
	return { of: new ReportedRecording(() => Promise.resolve(connected), 'a'), asked };
}

async function* parts(): AsyncGenerator<Uint8Array> {
	yield Buffer.from('RIFF');
	yield await Promise.resolve(Buffer.from('WAVE'));
}

describe('is deleted on the phone system', () => {
	const deletion = (name: string): SystemRequest => ({ ...request, method: 'DELETE', url: name });

	it.each([200, 204, 299, 404])('and %i says that it is gone', async (status) => {
		const { of, asked } = recording({ deletion, status });
		expect(await of.delete()).toBeUndefined();
		expect(asked).toEqual([expect.objectContaining({ method: 'DELETE', url: 'a' })]);
	});

	it.each([
		[199, ' (status 199)'],
		[300, ' (status 300)'],
		[403, ' (status 403)'],
		[500, ' (status 500)'],
		[0, ': it did not answer'],
	])('and %i says that it is not', async (status, why) => {
		expect(await recording({ deletion, status }).of.delete()).toBe(
			`The recording is attached, but the phone system did not delete its own copy${why}`,
		);
	});

	it('where it can be, and where it is known', async () => {
		const stays = 'The recording is attached, but stays on the phone system: this one deletes none on request';
		expect(await recording({}).of.delete()).toBe(stays);
		expect(await new ReportedRecording(() => Promise.resolve(undefined), 'a').delete()).toBe(stays);
		expect(await new ReportedRecording(() => Promise.reject(new Error('no credential')), 'a').delete()).toBe(stays);
	});
});

describe('is opened', () => {
	const found = { recording: () => Promise.resolve(request) };

	it('as a stream of known length', async () => {
		const content = parts();
		const { of } = recording({ ...found, download: { content, bytes: 8 } });
		expect(await of.file.open()).toEqual({ size: 8, content });
		expect([of.problem, of.file.name, of.file.contentType]).toEqual(['', 'recording', '']);
	});

	it('whole where the phone system does not say how long it is', async () => {
		const { of } = recording({ ...found, download: { content: parts() } });
		expect(await of.file.open()).toEqual({ size: 8, content: Buffer.from('RIFFWAVE') });
	});

	it.each([
		['this node has no Phone System API credential of that phone system', {}],
		['the phone system does not have it yet', { recording: () => Promise.resolve(undefined) }],
		[
			'the phone system answered with status 404',
			{ ...found, download: { problem: 'the phone system answered with status 404' } },
		],
	])('or not: %s', async (problem, system) => {
		const { of } = recording(system);
		expect(of.problem).toBe('');
		await expect(of.file.open()).rejects.toThrow(problem);
		expect(of.problem).toBe(problem);
	});

	it('not without a credential', async () => {
		const of = new ReportedRecording(() => Promise.resolve(undefined), 'a');
		await expect(of.file.open()).rejects.toThrow('no Phone System API credential');
	});
});
