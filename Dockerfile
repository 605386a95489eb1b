# One image for everything: `app` serves pages and runs the job server, `jobs` runs the job server alone.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# Packages first: this layer is made anew only when a package changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY shims shims
COPY DdocCost.Domain/DdocCost.Domain.csproj DdocCost.Domain/packages.lock.json DdocCost.Domain/
COPY DdocCost.Jobs/DdocCost.Jobs.csproj DdocCost.Jobs/packages.lock.json DdocCost.Jobs/
COPY DdocCost.App/DdocCost.App.csproj DdocCost.App/packages.lock.json DdocCost.App/
RUN dotnet restore DdocCost.App
COPY . .
RUN dotnet publish DdocCost.App --no-restore -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
WORKDIR /app
COPY --from=build /app .
# Log files that wait to be read, the raw archive, the keys: mount this.
RUN mkdir /data && chown $APP_UID /data
VOLUME /data
USER $APP_UID

FROM base AS jobs
ENTRYPOINT ["dotnet", "DdocCost.Jobs.dll"]

FROM base AS app
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "DdocCost.App.dll"]
CMD ["serve"]
