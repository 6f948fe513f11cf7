# Ruby's net/smtp, with the exception left to the interpreter.
require 'net/smtp'

env = ->(name) { ENV.fetch("ROGUE_#{name}") }
smtp = Net::SMTP.new(env['HOST'], env['PORT'].to_i)
smtp.open_timeout = smtp.read_timeout = env['TIMEOUT'].to_i
smtp.set_debug_output($stderr) if env['DEBUG'] == 'yes'
context = OpenSSL::SSL::SSLContext.new
context.set_params(ca_file: env['CA'])
smtp.disable_starttls
smtp.enable_ssl(context) if env['TLS'] == 'implicit'
smtp.enable_starttls(context) if env['TLS'] == 'starttls'
auth = env['AUTH'] == 'password' ? [env['USER'], env['PASSWORD'], :plain] : [nil, nil, nil]
smtp.start('client.example', *auth) do |session|
  session.send_message(File.read(env['MESSAGE']), env['FROM'], env['TO'].split(','))
end
