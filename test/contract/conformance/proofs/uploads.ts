import assert from 'node:assert/strict';
import { assertReply, type Bench, type Proofs } from '../bench';
import { read, type Reply } from '../../support/client';

const ATTACH = 'telephony.externalCall.attachRecord';

/** Sends a file to an upload address. */
export async function upload(
	address: unknown,
	file: { name: string; field?: string },
	headers: Record<string, string> = {},
): Promise<Reply> {
	const body = new FormData();
	body.append(file.field ?? 'file', new Blob(['sound']), file.name);
	return read(await fetch(String(address), { method: 'POST', body, headers }));
}

/** Asks for an upload address with the parameter auth, so that it works by itself. */
export async function uploadAddress(bench: Bench, callId: string): Promise<string> {
	return String((await bench.ok(ATTACH, { CALL_ID: callId, FILENAME: 'call.mp3' }, { auth: 'auth' })).uploadUrl);
}

/** The three ways of attachRecord, and what holds an upload address together. */
export const uploadProofs: Proofs = {
	'branch:A': async (bench) => {
		const files = await bench.receiver();
		files.answer = () => ({ status: 200, body: 'sound' });
		assert.ok(
			'FILE_ID' in (await bench.ok(ATTACH, { CALL_ID: await bench.finished(), RECORD_URL: `${files.url}/a.mp3` })),
		);
	},
	'branch:B': async (bench) => {
		assert.ok(
			'FILE_ID' in
				(await bench.ok(ATTACH, { CALL_ID: await bench.finished(), FILENAME: 'a.wav', FILE_CONTENT: 'UklGRg==' })),
		);
	},
	'branch:C': async (bench) => {
		const callId = await bench.finished();
		const { token } = bench.client;
		const command = `${ATTACH}?${new URLSearchParams({ auth: token, CALL_ID: callId, FILENAME: 'a.mp3' }).toString()}`;
		const { result } = await bench.ok<{ result: { ask: { uploadUrl: string; fieldName: string } } }>(
			'batch',
			{ cmd: { ask: command } },
			{ auth: 'auth' },
		);
		assert.deepEqual([result.ask.fieldName, new URL(result.ask.uploadUrl).searchParams.get('auth')], ['file', token]);
		const reply = await upload(result.ask.uploadUrl, { name: 'a.mp3' });
		assert.deepEqual([reply.status, reply.body], [200, { result: { FILE_ID: bench.row(callId).recordFileId } }]);
	},
	'upload:signature': async (bench) => {
		const address = await uploadAddress(bench, await bench.finished());
		assert.equal((await upload(address, { name: 'a.mp3' })).status, 200);
		bench.portal.control.expireTokens();
		assertReply(await upload(address, { name: 'a.mp3' }), 401, { error: 'expired_token' });
		bench.client.token = bench.tokenOf(1);
		const { uploadUrl } = await bench.ok(ATTACH, {
			CALL_ID: await bench.finished({ PHONE_NUMBER: '+12025550199' }),
			FILENAME: 'a.mp3',
		});
		const renewed = { authorization: `Bearer ${bench.tokenOf(1)}` };
		assert.equal((await upload(uploadUrl, { name: 'a.mp3' }, renewed)).status, 200);
		assertReply(await upload(`${String(uploadUrl)}&auth=${bench.client.token}`, { name: 'a.mp3' }), 403, {
			error: 'ACCESS_DENIED',
		});
	},
};
