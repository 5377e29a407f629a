module.exports = globalThis.sharedPackage('n8n-workflow');
