# Two images: `app` serves pages and the API, `jobs` runs the job server. docker-compose.yml builds both, and Caddy with our Caddyfile.
# Chiselled: no shell, no package manager, a user without rights. -extra has the cultures and time zones that digests need.
ARG DOTNET_SDK=mcr.microsoft.com/dotnet/sdk:10.0-noble
ARG DOTNET_RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled-extra
ARG CADDY=caddy:2.11.4-alpine

FROM ${DOTNET_SDK} AS build
WORKDIR /source
# Packages first: this layer is made anew only when a package changes.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY shims shims
COPY protos protos
COPY DdocCost.Domain/DdocCost.Domain.csproj DdocCost.Domain/packages.lock.json DdocCost.Domain/
COPY DdocCost.Jobs/DdocCost.Jobs.csproj DdocCost.Jobs/packages.lock.json DdocCost.Jobs/
COPY DdocCost.App/DdocCost.App.csproj DdocCost.App/packages.lock.json DdocCost.App/
RUN dotnet restore DdocCost.App -p:RestoreLockedMode=true -p:PublishReadyToRun=true
COPY . .
# The app compiled ahead of time, to start sooner. Without symbols and program hosts: what runs is the assembly.
RUN dotnet publish DdocCost.App --no-restore -c Release -o /out/app -p:UseAppHost=false -p:DebugType=none -p:PublishReadyToRun=true \
 && dotnet publish DdocCost.Jobs --no-restore -c Release -o /out/jobs -p:UseAppHost=false -p:DebugType=none \
 && mkdir -p /out/data

FROM ${DOTNET_RUNTIME} AS base
WORKDIR /app
# A new volume takes over this folder's owner, the image's own user (1654).
COPY --from=build --chown=1654:1654 /out/data /data
# Small heaps, and no diagnostics socket: the root file system is read-only.
ENV DOTNET_gcServer=0 DOTNET_EnableDiagnostics=0 Data__Folder=/data ASPNETCORE_HTTP_PORTS=
VOLUME /data
USER 1654

FROM base AS jobs
COPY --from=build /out/jobs .
ENTRYPOINT ["dotnet", "DdocCost.Jobs.dll"]

FROM base AS app
COPY --from=build /out/app .
ENV ASPNETCORE_URLS=http://0.0.0.0:8080
EXPOSE 8080 8081
ENTRYPOINT ["dotnet", "DdocCost.App.dll"]
CMD ["serve"]

FROM ${CADDY} AS caddy
# Certificates lie where a user without rights may write.
RUN mkdir -p /caddy/data /caddy/config && chown -R 1654:1654 /caddy
ENV XDG_DATA_HOME=/caddy/data XDG_CONFIG_HOME=/caddy/config
COPY Caddyfile /etc/caddy/Caddyfile
VOLUME /caddy
USER 1654
